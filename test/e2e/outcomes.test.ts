import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SeedSession } from '../../stand-ins/superoffice/seed-sessions.ts';
import { type Body, type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

/** Sessions of our own, beside the ones the stand-in begins with. */
const refusing = [400, 403, 404, 405, 409, 410, 412, 418, 422];
const refusingId = (status: number) => 1000 + status;

type Row = [name: string, event: Body, result: object];

const answered: Row[] = [
  [
    'asked to hand over: the associate has it pending',
    { chatSessionId: 640, toAssociate: 'ann', source: 'test', reason: 'r', requestId: 'id-1' },
    {
      outcome: 'transfer-pending',
      cause: null,
      error: null,
      sessionStatus: 'CustomerLast',
      session: { user: { associateId: 7, name: 'router' }, transferTo: { associateId: 8 } },
      requestId: 'id-1',
      source: 'test',
      reason: 'r',
    },
  ],
  ['by id', { chatSessionId: 641, toAssociate: 9 }, { outcome: 'transfer-pending' }],
  [
    'digits are an id, never a name',
    { chatSessionId: 642, toAssociate: '15' },
    { outcome: 'transfer-pending', session: { transferTo: { associateId: 15 } } },
  ],
  ['already the owner', { chatSessionId: 643, toAssociate: 'ROUTER' }, { outcome: 'assigned' }],
  [
    'another one owns it',
    { chatSessionId: 650, toAssociate: 'ann' },
    { outcome: 'not-applied', cause: 'owned-by-another', actingAs: { associateId: 7 } },
  ],
  [
    'in the queue',
    { chatSessionId: 651, toAssociate: 8 },
    { outcome: 'not-applied', cause: 'in-queue', sessionStatus: 'InQueue' },
  ],
  [
    'held by a chatbot',
    { chatSessionId: 652, toAssociate: 8 },
    { outcome: 'not-applied', cause: 'chatbot-active' },
  ],
  ['closed', { chatSessionId: 653, toAssociate: 8 }, { outcome: 'not-applied', cause: 'ended' }],
  [
    'closed while pending to the very target',
    { chatSessionId: 659, toAssociate: 8 },
    { outcome: 'not-applied', cause: 'ended' },
  ],
  [
    'pending to somebody else, and not ours',
    { chatSessionId: 658, toAssociate: 10 },
    { outcome: 'not-applied', cause: 'other-transfer-pending' },
  ],
  [
    'an associate nobody knows',
    { chatSessionId: 644, toAssociate: 'nobody' },
    { outcome: 'not-applied', cause: 'unclear', actingAs: { associateId: 7 } },
  ],
  [
    '200 with null',
    { chatSessionId: 645, toAssociate: 8 },
    { outcome: 'not-applied', cause: 'no-session', session: null },
  ],
  [
    'a session nobody knows',
    { chatSessionId: 999, toAssociate: 8 },
    { outcome: 'failed', error: { code: 'http-404', httpStatus: 404 } },
  ],
  ...refusing.map(
    (status): Row => [
      `refused with ${status}`,
      { chatSessionId: refusingId(status), toAssociate: 8 },
      { outcome: 'failed', error: { code: `http-${status}`, httpStatus: status } },
    ],
  ),
];

const [past, future] = [-60_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString());

const notCalled: Row[] = [
  [
    'expired before it was received',
    { chatSessionId: 646, toAssociate: 8, expiresAt: past },
    { outcome: 'expired', error: null, session: null },
  ],
  ['not JSON', '{"chatSessionId": 646, ', { outcome: 'invalid-event', chatSessionId: null }],
  ['JSON, but no object', '[646]', { outcome: 'invalid-event' }],
  ['a string for an id', '{"chatSessionId":"646","toAssociate":8}', { outcome: 'invalid-event' }],
  [
    'both ways to say when it expires',
    { chatSessionId: 646, toAssociate: 8, expiresAt: future, expiresInSeconds: 9 },
    { outcome: 'invalid-event', chatSessionId: 646, toAssociate: '8' },
  ],
  [
    'keys of the prototype',
    '{"__proto__":{"chatSessionId":646,"toAssociate":"ann"},"constructor":{}}',
    { outcome: 'invalid-event', ignoredFields: ['__proto__', 'constructor'] },
  ],
  ['nearly a megabyte', `"${'x'.repeat(1_000_000)}"`, { outcome: 'invalid-event' }],
  ...['../../User', '..', 'a/b', 'a%2fb', 'a?b', 'a#b', '\u0000', ''].map(
    (toAssociate): Row => [
      `a path in the associate: ${JSON.stringify(toAssociate)}`,
      { chatSessionId: 646, toAssociate },
      { outcome: 'invalid-event' },
    ],
  ),
];

/** What a second look finds, the first call having been lost; no call is made over it. */
const found: [name: string, session: SeedSession, result: object, calls: string[]][] = [
  [
    'pending to the target',
    { chatSessionId: 2001, pending: 8 },
    { outcome: 'transfer-pending' },
    ['transfer', 'session'],
  ],
  [
    'taken by the target',
    { chatSessionId: 2002, owner: 8 },
    { outcome: 'assigned' },
    ['transfer', 'session'],
  ],
  [
    // An older wish, or made by hand in between: the newest wins, as it would have at once.
    'pending to somebody else',
    { chatSessionId: 2003, pending: 10 },
    { outcome: 'transfer-pending' },
    ['transfer', 'session', 'transfer'],
  ],
  [
    'no sign of it',
    { chatSessionId: 2004 },
    { outcome: 'transfer-pending' },
    ['transfer', 'session', 'transfer'],
  ],
  [
    'that reading is not allowed',
    { chatSessionId: 2005 },
    { outcome: 'transfer-pending' },
    ['transfer', 'session', 'transfer'],
  ],
];

describe('what becomes of an event', () => {
  const start = deployments();
  let stack: Deployed;
  const ids = new Map<string, string>();
  const resultOf = (name: string) => stack.result(ids.get(name));

  beforeAll(async () => {
    stack = await start({
      prepare({ tenant, setFault }) {
        for (const status of refusing) tenant.addSession({ chatSessionId: refusingId(status) });
        for (const [, session] of found) tenant.addSession(session);
        const lost = new Set<number>();
        setFault(({ route, chatSessionId = 0 }) => {
          if (chatSessionId === 645) return { kind: 'body-null' };
          if (chatSessionId > 2000) {
            if (route === 'session' && chatSessionId === 2005)
              return { kind: 'status', status: 403 };
            if (route !== 'transfer' || lost.has(chatSessionId)) return undefined;
            lost.add(chatSessionId);
            return { kind: 'reset' };
          }
          return chatSessionId > 1000
            ? { kind: 'status', status: chatSessionId - 1000 }
            : undefined;
        });
      },
    });
    const lookedAt = found.map(
      ([name, { chatSessionId = 0 }]): Row => [name, { chatSessionId, toAssociate: 8 }, {}],
    );
    await Promise.all(
      [...answered, ...notCalled, ...lookedAt].map(async ([name, event], index) => {
        // A group each where there is no chat: one that is read slowly holds nobody back.
        const group = typeof event === 'string' ? `no-chat-${index}` : undefined;
        const [id] = await stack.send([event], group);
        ids.set(name, id ?? '');
      }),
    );
  });

  it.each(answered)('%s', async (name, _, expected) => {
    expect(await resultOf(name)).toMatchObject({ ...expected, receiveCount: 1 });
  });

  it.each(notCalled)('makes no call: %s', async (name, _, expected) => {
    expect(await resultOf(name)).toMatchObject(expected);
    expect(stack.callsOf(646)).toEqual([]);
  });

  it.each(found)('asks first on a retry, and finds: %s', async (name, session, expected, calls) => {
    expect(await resultOf(name)).toMatchObject({ ...expected, receiveCount: 2 });
    expect(stack.callsOf(session.chatSessionId ?? 0)).toEqual(calls);
  });

  it('calls nothing but the three endpoints, whatever an event holds', async () => {
    await Promise.all([...ids.keys()].map(resultOf));

    const routes = new Set(stack.superOffice.calls.map(({ route }) => route));
    expect(routes).toEqual(new Set(['transfer', 'session', 'principal']));
  });

  it('logs one line an event and receive', async () => {
    const lines = () => stack.linesOf(ids.get('no sign of it'));
    await until('a line of each receive', () => lines().length > 1);

    expect(lines()).toMatchObject([
      { outcome: 'retry', error: 'network', receiveCount: 1, chatSessionId: 2004 },
      { outcome: 'transfer-pending', httpStatus: 200, receiveCount: 2 },
    ]);
  });

  it('never takes a result for an event', async () => {
    await Promise.all([...ids.keys()].map(resultOf));

    const handled = stack.batches.flatMap(({ event }) => event.Records);
    const sources = new Set(handled.map(({ messageId }) => messageId));
    expect(sources).toEqual(new Set(ids.values()));
    expect(stack.deployment.resultQueueUrl).not.toBe(stack.deployment.eventQueueUrl);
  });
});
