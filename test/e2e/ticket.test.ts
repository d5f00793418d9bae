import { beforeAll, describe, expect, it } from '@jest/globals';
import { inOneBatch, invokeByHand, receiveAgain, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments, ticketSecretOf } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const event = (chatSessionId: number) => ({ chatSessionId, toAssociate: 'ann' });
const soon = (chatSessionId: number) => ({ ...event(chatSessionId), expiresInSeconds: 2 });
const chats = [640, 641, 642, 643, 644, 645, 646, 647, 648, 649];

const transfers = ({ superOffice }: Deployed) =>
  superOffice.calls.filter(({ route }) => route === 'transfer');

/** Past the five minutes for which a ticket is kept. */
const reReadMs = 301_000;

describe('the ticket', () => {
  const start = deployments();

  it('is read once, however many events there are', async () => {
    const stack = await start();

    const { left } = await inOneBatch(stack, chats.map(event));

    expect(left).toEqual([]);
    expect(stack.deployment.secretsManager.reads).toBe(1);
  });

  it('is re-read once when it expired and another one is there, for all events of a batch', async () => {
    const stack = await start();
    await inOneBatch(stack, [event(640)]);
    stack.superOffice.tenant.expireTickets();
    stack.rotate();

    const { ids, left } = await inOneBatch(stack, chats.slice(1).map(event));

    expect(left).toEqual([]);
    for (const id of ids) {
      expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending' });
    }
    expect(stack.deployment.secretsManager.reads).toBe(2);
  });

  it('may be rotated in the middle of a batch', async () => {
    const stack = await start({ environment: { CALL_SPACING_MS: '20' } });
    stack.superOffice.setFault(({ number }) => {
      if (number === 5) {
        stack.superOffice.tenant.expireTickets();
        stack.rotate();
      }
      return undefined;
    });

    const { ids, left } = await inOneBatch(stack, chats.map(event));

    expect(left).toEqual([]);
    for (const id of ids) {
      expect(await stack.result(id)).toMatchObject({
        outcome: 'transfer-pending',
        receiveCount: 1,
      });
    }
    expect(stack.deployment.secretsManager.reads).toBe(2);
    // The refused call, and what was on its way beside it, was made twice; and nothing else.
    const refused = transfers(stack).filter(({ status }) => status === 401);
    expect(refused).not.toEqual([]);
    expect(transfers(stack)).toHaveLength(10 + refused.length);
  });

  it('that is refused is tried once, not by every event, until there is another', async () => {
    const stack = await start({ environment: { CALL_SPACING_MS: '250' } });
    stack.superOffice.tenant.expireTickets();

    // Held, so that one sandbox has them each time: it knows that nothing was applied.
    const messages = receiveByHand(stack, [soon(640), soon(641), soon(642), event(643)]);
    await invokeByHand(stack, messages, { hold: true });
    stack.setClock(2_001);
    const again = receiveAgain(stack, messages);
    await invokeByHand(stack, again, { hold: true });

    for (const { messageId } of messages.slice(0, 3)) {
      expect(await stack.result(messageId)).toMatchObject({
        outcome: 'expired',
        error: { code: 'unauthorized' },
      });
    }
    expect(transfers(stack)).toHaveLength(1);
    expect(stack.deployment.secretsManager.reads).toBe(2);

    stack.rotate();
    stack.setClock(12_002);
    const [waiting] = receiveAgain(stack, again.slice(3));
    if (waiting) await invokeByHand(stack, [waiting]);
    expect(await stack.result(waiting?.messageId)).toMatchObject({ outcome: 'transfer-pending' });
  });

  it('is re-read after a 403, too', async () => {
    const stack = await start();
    await inOneBatch(stack, [event(640)]);
    let refused: string | undefined;
    stack.superOffice.setFault(({ headers: { authorization } }) => {
      refused ??= authorization;
      return authorization === refused ? { kind: 'status', status: 403 } : undefined;
    });
    stack.rotate();

    const { ids } = await inOneBatch(stack, [event(641)]);

    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.callsOf(641)).toEqual(['transfer', 'transfer']);
  });

  it("tells whose ticket it was, also after it became somebody else's", async () => {
    const stack = await start();
    const asRouter = await inOneBatch(stack, [event(650)]);
    stack.superOffice.tenant.expireTickets();
    stack.rotate('cho');

    const asCho = await inOneBatch(stack, [event(640)]);

    expect(await stack.result(asRouter.ids[0])).toMatchObject({ actingAs: { name: 'router' } });
    expect(await stack.result(asCho.ids[0])).toMatchObject({
      outcome: 'not-applied',
      cause: 'owned-by-another',
      actingAs: { name: 'cho' },
    });
  });

  it('without its app token is refused', async () => {
    const stack = await start({ cold: true });
    const { ticket } = JSON.parse(ticketSecretOf(stack.superOffice));
    const { secretsManager, ticketSecretArn } = stack.deployment;
    secretsManager.put(ticketSecretArn, JSON.stringify({ ticket }));
    await stack.warm();

    const { ids } = await inOneBatch(stack, [soon(640)]);

    expect(await stack.result(ids[0])).toMatchObject({ error: { code: 'unauthorized' } });
  });

  describe('that cannot be re-read', () => {
    let stack: Deployed;
    let aheadMs = 0;

    beforeAll(async () => {
      stack = await start({ environment: { EVENT_TIME_TO_LIVE_SECONDS: '1800' } });
    });

    it.each([
      ['ThrottlingException', 641],
      ['AccessDeniedException', 642],
      ['InternalServiceError', 643],
    ] as const)('is kept: %s', async (type, chatSessionId) => {
      const { secretsManager } = stack.deployment;
      secretsManager.setFault(() => ({ kind: 'error', type }));
      aheadMs += reReadMs;
      stack.setClock(aheadMs);
      const readsBefore = secretsManager.reads;

      const { ids } = await inOneBatch(stack, [event(chatSessionId)]);

      expect(await stack.result(ids[0])).toMatchObject({ outcome: 'transfer-pending' });
      expect(secretsManager.reads).toBeGreaterThan(readsBefore);
      await until('a word of it', () => stack.logs.some((line) => line.includes(type)));
    });
  });
});
