import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SqsError } from '../../stand-ins/sqs/sqs-error.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const unavailable = { kind: 'status', status: 503 } as const;
const [ann, ben] = [8, 9];

/** On the built function. Its clock is put forward, and what it holds back comes at once. */
describe('an offer', () => {
  const start = deployments();
  let stack: Deployed;
  let chat = 9_100;
  let offsetMs = 0;

  beforeAll(async () => {
    stack = await start({ mayDie: true });
  });
  beforeEach(() => {
    chat = stack.superOffice.tenant.addSession({ chatSessionId: chat + 1 });
    stack.superOffice.setFault(undefined);
    stack.deployment.sqs.setFault(undefined);
  });

  const offer = (fields: object = {}) => ({
    chatSessionId: chat,
    toAssociate: ann,
    acceptWithinSeconds: 30,
    fallbackAssociates: [ben],
    ...fields,
  });
  const session = () => stack.superOffice.tenant.peek(chat);
  const asked = (associateId: number) =>
    until(`${associateId} is asked`, () => session()?.pending === associateId);
  const carriers = () =>
    stack.eventQueue
      .messages()
      .filter(({ groupId, senderId }) => groupId === String(chat) && senderId.startsWith('AROA'));
  const carriedOn = () => until('a carrier', () => carriers().length === 1);
  const batchesWith = (messageId: string) =>
    stack.batches.filter(({ event }) =>
      event.Records.some((record) => record.messageId === messageId),
    );
  const isHeld = ({ messageId }: { messageId: string }) =>
    batchesWith(messageId).at(-1)?.left.includes(messageId) ?? false;
  const result = (id: string | undefined) => stack.result(id);

  const heldBack = () => until('a carrier that is held back', () => carriers().find(isHeld));

  /** So many seconds after its carrier has been received, and held back. */
  async function later(seconds: number) {
    const held = await heldBack();
    const batches = batchesWith(held.messageId).length;
    offsetMs += seconds * 1000;
    stack.setClock(offsetMs);
    comeBackNow();
    await until('its next receive', () => batchesWith(held.messageId).length > batches);
  }

  /** The visibility timeouts of what went back, or was left by a sandbox that died, are over. */
  function comeBackNow() {
    for (const { event, left } of stack.batches) {
      for (const { messageId, receiptHandle } of event.Records) {
        if (!left.includes(messageId)) continue;
        try {
          stack.eventQueue.changeVisibility(receiptHandle, 0);
        } catch (error) {
          // Received again since, or gone.
          if (!(error instanceof SqsError)) throw error;
        }
      }
    }
  }

  it('that is declined goes to the next one, who accepts', async () => {
    const [id] = await stack.send([offer()]);
    await asked(ann);
    stack.superOffice.tenant.reject(chat);
    await later(10);
    await asked(ben);
    stack.superOffice.tenant.accept(chat);
    await later(10);

    expect(await result(id)).toMatchObject({
      outcome: 'assigned',
      session: { user: { name: 'ben' } },
      offers: [
        { toAssociate: '8', answer: 'declined' },
        { toAssociate: '9', answer: 'accepted' },
      ],
    });
    expect(stack.callsOf(chat)).toEqual(['transfer', 'session', 'transfer', 'session']);
  });

  it('that is left alone is unanswered after its time, and not looked at but by its schedule', async () => {
    const [id] = await stack.send([offer({ fallbackAssociates: undefined })]);
    await asked(ann);
    for (const seconds of [10, 15, 5]) await later(seconds);

    expect(await result(id)).toMatchObject({
      outcome: 'unanswered',
      offers: [{ answer: 'unanswered' }],
    });
    expect(stack.callsOf(chat)).toEqual(['transfer', 'session', 'session', 'session']);
    expect(stack.linesOf(id).map(({ outcome }) => outcome)).not.toContain('retry');
  });

  it.each(['before', 'after'])(
    'asks once, though the function dies %s its carrier is sent',
    async (when) => {
      stack.deployment.sqs.setFault(({ action }) => {
        if (action !== 'SendMessage') return undefined;
        stack.deployment.sqs.setFault(undefined);
        setImmediate(() => stack.deployment.routeChat.killOne());
        return { kind: when === 'before' ? 'hang' : 'lose-answer' };
      });
      const [id] = await stack.send([offer()]);
      await until('the death', () =>
        stack.batches.some(
          ({ outcome, left }) => outcome.kind === 'failed' && left.includes(id ?? ''),
        ),
      );
      comeBackNow();
      await carriedOn();
      stack.superOffice.tenant.accept(chat);
      await later(10);

      expect(await result(id)).toMatchObject({ outcome: 'assigned' });
      expect(stack.transfersOf(chat)).toEqual([{ target: '8', applied: true }]);
    },
  );

  it('goes on from its carrier, though SQS could not say that it had taken it', async () => {
    const { duplicates } = stack.eventQueue;
    stack.deployment.sqs.setFault(({ action }) =>
      action === 'SendMessage' ? { kind: 'lose-answer' } : undefined,
    );
    const [id] = await stack.send([offer()]);
    await until('what goes back', () => stack.linesOf(id).length === 1);
    stack.deployment.sqs.setFault(undefined);
    stack.superOffice.tenant.reject(chat);
    await later(10);
    await asked(ben);

    expect(stack.eventQueue.duplicates).toBeGreaterThan(duplicates);
    expect(stack.transfersOf(chat).map(({ target }) => target)).toEqual(['8', '9']);
    stack.superOffice.tenant.accept(chat);
    await later(10);
    expect(await result(id)).toMatchObject({ outcome: 'assigned' });
  });

  it('is not settled by a carrier that somebody else sends', async () => {
    const [id] = await stack.send([offer()]);
    await asked(ann);
    await carriedOn();
    const [carrier] = carriers();
    const [forged] = await stack.send([
      carrier?.body.replace('"answer":null', '"answer":"declined"') ?? '',
    ]);

    expect(await result(forged)).toMatchObject({ outcome: 'invalid-event', chatSessionId: null });
    stack.superOffice.tenant.accept(chat);
    await later(10);
    expect(await result(id)).toMatchObject({ outcome: 'assigned' });
  });

  it.each([
    ['superseded', () => undefined],
    ['assigned', () => stack.superOffice.tenant.accept(chat)],
  ])('is told %s where a newer wish comes', async (outcome, meanwhile) => {
    const [id] = await stack.send([offer()]);
    await asked(ann);
    await heldBack();
    meanwhile();
    const [newer] = await stack.send([{ chatSessionId: chat, toAssociate: 10 }]);
    comeBackNow();

    expect(await result(id)).toMatchObject({ outcome });
    expect((await result(newer)).outcome).toBe(
      outcome === 'superseded' ? 'transfer-pending' : 'not-applied',
    );
  });

  it('is unknown where looks fail until a minute after its end', async () => {
    const [id] = await stack.send([offer()]);
    await asked(ann);
    stack.superOffice.setFault(({ route }) => (route === 'session' ? unavailable : undefined));
    await later(10);
    await later(80);

    expect(await result(id)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'unavailable' },
      offers: [{ answer: 'unknown' }],
    });
    expect(stack.transfersOf(chat)).toHaveLength(1);
  });

  it('picks up what waits, and puts it back once, though that answer is lost', async () => {
    Object.assign(session() ?? {}, { owner: null, status: 'InQueue', startedAt: null });
    const fields = { pickUp: true, ifNobody: 'return-to-queue', fallbackAssociates: undefined };
    const [id] = await stack.send([offer(fields)]);
    await asked(ann);
    stack.superOffice.tenant.reject(chat);
    stack.superOffice.setFault(({ route }) =>
      route === 'reset' ? { kind: 'apply-then', fault: unavailable } : undefined,
    );
    await later(10);

    expect(await result(id)).toMatchObject({
      outcome: 'declined',
      pickedUp: true,
      sessionStatus: 'InQueue',
    });
    expect(stack.callsOf(chat).filter((route) => route === 'reset')).toHaveLength(1);
  });

  it('is left alone by an event that yields, and by a dry run', async () => {
    const [id] = await stack.send([offer()]);
    await asked(ann);
    await heldBack();
    const [yielding, dry] = await stack.send([
      { chatSessionId: chat, toAssociate: 10, yields: true },
      { chatSessionId: chat, toAssociate: 10, dryRun: true },
    ]);
    comeBackNow();

    expect(await result(yielding)).toMatchObject({ cause: 'other-transfer-pending' });
    expect(await result(dry)).toMatchObject({ outcome: 'would-transfer' });
    stack.superOffice.tenant.accept(chat);
    await later(10);
    expect(await result(id)).toMatchObject({ outcome: 'assigned' });
  });
});
