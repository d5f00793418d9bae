import { calm, type History } from './history.ts';

export const wish = (at: number, associateId: number, expiresInSeconds?: number) => ({
  at,
  chat: 648,
  associateId,
  group: 'chat' as const,
  ...(expiresInSeconds && { expiresInSeconds }),
});

/** A stream of wishes for one chat after another. */
const stream = (count: number, gapMs: number) =>
  Array.from({ length: count }, (_, index) => ({ ...wish(index * gapMs, 8), chat: 700 + index }));

/** What broke a promise once, in the fewest words; tried before any other history. */
export const knownHistories: [name: string, history: History][] = [
  [
    'a cold start on connections that take 300 ms, at a pace of eight',
    { ...calm, maxCallsPerSecond: 8, events: stream(20, 0), connectionSetUpMs: 300 },
  ],
  [
    'a cold start on connections that take a second, as long as the answers',
    { ...calm, events: stream(20, 0), connectionSetUpMs: 1_000, latencyMs: 1_000 },
  ],
  [
    'every request answered 421',
    { ...calm, timeToLiveSeconds: 10, events: stream(20, 40), superOfficeThen: '421' },
  ],
  [
    'a deployment and a sign of life in the middle of a stream',
    {
      ...calm,
      events: stream(30, 100),
      deployments: [900, 1_800],
      keepAliveCalls: [1_000, 1_001],
      connectionSetUpMs: 300,
    },
  ],
  [
    'one 503 on the newer wish, while the older one is pending',
    { ...calm, events: [wish(0, 8), wish(1_500, 9)], superOffice: ['ok', '503'] },
  ],
  [
    'a reset on the newer wish, while the older one is pending',
    { ...calm, events: [wish(0, 8), wish(6_000, 9)], superOffice: ['ok', 'reset'] },
  ],
  [
    'a death between superseded told and deleted, then one by one',
    {
      ...calm,
      events: [wish(0, 8), wish(0, 9)],
      kills: [{ step: 2, when: 'before' }],
      splits: [2, 1, 1, 1],
    },
  ],
  [
    'two wishes superseded, of which only one could be told',
    {
      ...calm,
      events: [wish(0, 8), wish(0, 9), wish(0, 10)],
      sends: Array.from({ length: 9 }, () => 'half failed' as const),
    },
  ],
  [
    'expired sent just before the deadline, its answer lost',
    {
      ...calm,
      events: [wish(0, 8, 3)],
      superOffice: ['429', '429'],
      sends: ['answer lost', 'answer lost', 'answer lost', 'answer lost'],
    },
  ],
  [
    'transfer-pending sent, its answer lost, declined by who was asked',
    {
      ...calm,
      events: [wish(0, 8)],
      sends: ['hang', 'hang', 'hang', 'hang', 'hang'],
      people: [{ at: 8_000, chat: 648, does: 'reject' }],
    },
  ],
  [
    'tried in time, though first received after its deadline by the clock of SQS',
    {
      ...calm,
      events: [wish(0, 8), wish(100, 9, 5)],
      superOffice: ['hang', 'applied, reset'],
      visibilityChanges: ['ok', 'error'],
      sqsClockAheadMs: 4_500,
    },
  ],
  [
    'reading denied, the first answer lost, the second call refused',
    { ...calm, events: [wish(0, 8)], superOffice: ['applied, reset', '403', '403', '403', '403'] },
  ],
  [
    'the same event twice with receive count 1, first perhaps applied',
    {
      ...calm,
      events: [wish(0, 8)],
      superOffice: ['applied, reset'],
      repeatsReceiveCount: true,
      people: [{ at: 1_000, chat: 648, does: 'reject' }],
    },
  ],
  [
    'the same batch twice, declined in between',
    {
      ...calm,
      events: [wish(0, 8)],
      deliveredTwice: [0],
      people: [{ at: 640, chat: 648, does: 'reject' }],
    },
  ],
  [
    'a clock set back an hour while a Retry-After of three seconds lasts',
    { ...calm, events: [wish(0, 8)], superOffice: ['429 for 3 s'], clockSetBackAt: 800 },
  ],
  [
    'a clock set back an hour while a credential is refused',
    { ...calm, events: [wish(0, 8)], superOffice: ['401', '401'], clockSetBackAt: 800 },
  ],
  [
    'an address that moves before the first call and during a stream',
    { ...calm, events: stream(12, 100), addressMoves: [10, 700], connectionSetUpMs: 300 },
  ],
  [
    'a look that is shown no session, while a transfer made by hand before is pending',
    {
      ...calm,
      events: [wish(2_000, 8)],
      people: [{ at: 0, chat: 648, does: 'offer' }],
      superOffice: ['503', 'null', '503'],
    },
  ],
];
