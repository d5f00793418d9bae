import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nameInUrl } from '../../local/stack/template-values.ts';
import type { SqsFault } from '../../stand-ins/sqs/faults.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const hourMs = 3_600_000;
let nextChat = 8600;

describe('intake', () => {
  const start = deployments();
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({ context: { eventBridgeIntake: 'true' } });
  });

  afterEach(() => stack.deployment.sqs.setFault(undefined));

  const wish = (given: object = {}) => ({
    chatSessionId: stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat }),
    toAssociate: 'ann',
    ...given,
  });
  const envelopeOf = (detail: object, at = Date.now()) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': 'RouteChatRequested',
    source: 'somebody',
    time: new Date(at).toISOString(),
    detail,
  });
  /** The message ids it answers with. */
  const invoke = async (payload: unknown) =>
    (
      (await stack.deployment.functionBy('IntakeFunctionName').invoke(payload)) as {
        messageIds: string[];
      }
    ).messageIds;
  /** The sends to the event queue alone: results are sent and read meanwhile. */
  const failSends = (fault: SqsFault) => {
    const { eventQueueUrl, sqs } = stack.deployment;
    sqs.setFault(({ action, queueName }) =>
      action === 'SendMessageBatch' && queueName === nameInUrl(eventQueueUrl) ? fault : undefined,
    );
  };
  const resultsOf = (messageIds: string[]) => Promise.all(messageIds.map(stack.result));

  it('has the detail of an envelope carried out, and its id in the result', async () => {
    const event = wish({ source: 'routing-rule:vip' });
    const envelope = envelopeOf(event);

    expect(await resultsOf(await invoke(envelope))).toMatchObject([
      { outcome: 'transfer-pending', requestId: envelope.id, source: 'routing-rule:vip' },
    ]);
    expect(stack.transfersOf(event.chatSessionId)).toEqual([{ target: 'ann', applied: true }]);
  });

  it('has each event of an array carried out, a chat’s newest last', async () => {
    const [one, other] = [wish(), wish()];

    const results = await resultsOf(await invoke([one, other, { ...one, toAssociate: 'ben' }]));

    expect(results.map(({ chatSessionId }) => chatSessionId)).toEqual([
      one.chatSessionId,
      other.chatSessionId,
      one.chatSessionId,
    ]);
    expect(stack.transfersOf(one.chatSessionId).at(-1)).toEqual({ target: 'ben', applied: true });
  });

  it.each([
    ['sound', {}],
    ['faulty', { toAssociate: '' }],
  ])('takes an envelope with a %s event that comes twice for one', async (_, given) => {
    const envelope = envelopeOf(wish(given));

    const [first, again] = [await invoke(envelope), await invoke(envelope)];

    expect(again).toEqual(first);
    await resultsOf(first);
    await until('the end of it', () => stack.eventQueue.messages().length === 0);
    expect(stack.results.filter(({ eventMessageId }) => eventMessageId === first[0])).toHaveLength(
      1,
    );
  });

  it('does not make a wish younger that comes an hour late', async () => {
    const event = wish();

    const results = await resultsOf(await invoke(envelopeOf(event, Date.now() - hourMs)));

    expect(results).toMatchObject([{ outcome: 'expired', error: null }]);
    expect(stack.transfersOf(event.chatSessionId)).toEqual([]);
  });

  it('has faulty events answered, each alone, and the sound one beside them carried out', async () => {
    const faulty = [
      ...[{ toAssociate: 'ann' }, wish({ toAssociate: '' }), 'text', null, [wish()], {}],
      ...[wish({ chatSessionId: '648' }), wish({ toAssociate: '../x' }), wish({ source: 7 })],
      wish({ expiresAt: new Date().toISOString(), expiresInSeconds: 9 }),
      wish({ requestId: 'a b' }),
      wish({ fallbackAssociates: [9] }),
    ];

    const results = await resultsOf(await invoke([...faulty, wish()]));

    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...faulty.map(() => 'invalid-event'),
      'transfer-pending',
    ]);
    expect(results[0]?.error?.message).toContain('chatSessionId');
  });

  it.each([
    ['nothing', {}],
    ['an empty string', { chatSessionId: '' }],
  ])('has %s answered, which a mapping makes of a path that is not there', async (_, mapped) => {
    const results = await resultsOf(await invoke(envelopeOf({ ...mapped, toAssociate: 8 })));

    expect(results).toMatchObject([
      { outcome: 'invalid-event', error: { message: expect.stringMatching(/^chatSessionId: /) } },
    ]);
  });

  it('fails while the queue takes nothing, and loses nothing: invoked again, all is one event each', async () => {
    const envelope = envelopeOf(wish({ reason: 'a customer’s words' }));
    // SQS takes the event, and its answer is lost.
    failSends({ kind: 'lose-answer' });
    const invoked = await invoke(envelope).catch(String);
    expect(invoked).toMatch(/1 of 1 events are not surely sent/);
    expect(invoked).not.toContain('words');

    stack.deployment.sqs.setFault(undefined);

    expect(await resultsOf(await invoke(envelope))).toMatchObject([
      { outcome: 'transfer-pending', requestId: envelope.id },
    ]);
    await until('the end of it', () => stack.eventQueue.messages().length === 0);
    expect(stack.results.filter(({ requestId }) => requestId === envelope.id)).toHaveLength(1);
  });

  it('fails where SQS denies it, of all events of an invocation', async () => {
    failSends({ kind: 'error', status: 403, code: 'AccessDenied' });

    await expect(invoke([wish(), wish()])).rejects.toThrow(
      /2 of 2 events are not surely sent.*AccessDenied/,
    );
  });
});
