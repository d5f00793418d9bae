import fc from 'fast-check';
import type { InFlightBlocks } from '../../stand-ins/sqs/fifo-queue-options.ts';
import { amid, awsPlan, kill, mostly } from './arbitraries.ts';
import {
  type AwsFault,
  awsFaults,
  type History,
  moreChats,
  type PersonDoes,
  type SuperOfficeFault,
  superOfficeFaults,
} from './history.ts';
import { offersInPeace, offersInTrouble } from './offer-histories.ts';

/** The router's own, then one of ben's, in the queue, with a bot, closed, pending to somebody. */
const ownChats = [640, 641, 642, 643, 644, 645, 646, 647, 648, 649];
const chats = [...ownChats, 650, 651, 652, 653, 654];

/**
 * Beyond it, a sandbox that has no memory of an event takes it for first received after its deadline,
 * although one that died may have tried it in time by its own clock.
 */
const furthestAheadMs = 5_000;

const at = fc.oneof(fc.constantFrom(0, 0, 0, 100, 500), fc.nat({ max: 60_000 }));

const event = (chat: fc.Arbitrary<number>, when: fc.Arbitrary<number>) =>
  fc.record(
    {
      at: when,
      chat,
      associateId: fc.constantFrom(7, 8, 9, 10, 11, 99),
      group: mostly<'chat' | 'shared'>('chat', ['shared']),
      expiresInSeconds: fc.constantFrom(1, 3, 10, 60),
      isInvalid: fc.constantFrom(false, false, false, true),
    },
    { requiredKeys: ['at', 'chat', 'associateId', 'group'] },
  );

const person = (chat: fc.Arbitrary<number>, when: fc.Arbitrary<number>) =>
  fc.record({
    at: when,
    chat,
    does: fc.constantFrom<PersonDoes>('accept', 'reject', 'close', 'offer'),
  });

/** A bit of everything. */
const general = {
  timeToLiveSeconds: fc.constantFrom(10, 30, 120, 300),
  maxCallsPerSecond: fc.constantFrom(6, 6, 6, 3, 8),
  events: fc.array(
    event(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(648, 649) }, fc.constantFrom(...chats)),
      at,
    ),
    { minLength: 1, maxLength: 14 },
  ),
  people: fc.array(person(fc.constantFrom(648, 649), at), { maxLength: 5 }),
  spareSandboxes: fc.nat({ max: 5 }),
  latencyMs: fc.constantFrom(5, 60, 900),
  connectionSetUpMs: fc.constantFrom(0, 0, 300, 1_000),
  keepAliveCalls: fc.array(at, { maxLength: 2 }),
  deployments: fc.array(at, { maxLength: 2 }),
  addressMoves: mostly<History['addressMoves']>('fixed address', [[], [500], [2_000, 9_000]]),
  sqsClockAheadMs: mostly(0, [-10_000, -4_000, 1_500, furthestAheadMs]),
  // An hour behind, a deadline is an hour longer: no good with faults that never end.
  clockSetBackAt: fc.constant<History['clockSetBackAt']>('never'),
  deliveredTwice: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
  repeatsReceiveCount: mostly(false, [true]),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', superOfficeFaults), { maxLength: 30 }),
  superOfficeThen: mostly<SuperOfficeFault>('ok', superOfficeFaults),
  sends: awsPlan(awsFaults, 15),
  carriers: fc.constant<AwsFault[]>([]),
  deletes: awsPlan(['error', 'answer lost', 'hang', 'half failed'], 4),
  visibilityChanges: awsPlan(['error', 'answer lost', 'hang', 'half failed'], 8),
  secretReads: awsPlan(['error', 'hang'], 6),
  kills: fc.array(kill(fc.nat({ max: 60 })), { maxLength: 4 }),
  inFlightBlocks: fc.constantFrom<InFlightBlocks>('later-messages', 'whole-group'),
  splits: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }),
};

/** A steady stream over many chats, an event or two a batch: the pace over all sandboxes. */
const stream = {
  ...general,
  events: fc
    .tuple(
      fc.integer({ min: 40, max: 110 }),
      fc.array(event(fc.constantFrom(...ownChats), fc.constant(0)), {
        minLength: 20,
        maxLength: 40,
      }),
    )
    .map(([gap, events]) => events.map((each, index) => ({ ...each, at: index * gap }))),
  people: fc.constant([]),
  latencyMs: fc.constantFrom(1, 5, 300, 900),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', ['421']), { maxLength: 30 }),
  superOfficeThen: fc.constant<SuperOfficeFault>('ok'),
  sends: fc.constant([]),
};

/** More to do than a low pace does in one batch, after SuperOffice was away for a while. */
const backlog = {
  ...general,
  timeToLiveSeconds: fc.constant(300),
  maxCallsPerSecond: fc.constantFrom(1, 2, 3),
  events: fc
    .shuffledSubarray(moreChats, { minLength: 25 })
    .map((shuffled) =>
      shuffled.map((chat) => ({ at: 0, chat, associateId: 8, group: 'chat' as const })),
    ),
  people: fc.constant([]),
  latencyMs: fc.constant(60),
  superOffice: fc.array(fc.constant<SuperOfficeFault>('503'), { maxLength: 30 }),
  superOfficeThen: fc.constant<SuperOfficeFault>('ok'),
  sends: fc.constant([]),
  deletes: fc.constant([]),
  visibilityChanges: fc.constant([]),
  secretReads: fc.constant([]),
  kills: fc.constant([]),
};

const soon = fc.nat({ max: 3_000 });

/** Several wishes for one chat within seconds, while sandboxes die and people answer. */
const rivalry = {
  ...general,
  timeToLiveSeconds: fc.constant(300),
  events: fc.array(
    fc.record({
      at: fc.constantFrom(0, 0, 0, 1_000),
      chat: fc.constant(648),
      associateId: fc.constantFrom(8, 9, 10, 11),
      group: fc.constant<'chat'>('chat'),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  people: fc.array(person(fc.constant(648), fc.oneof(soon, fc.nat({ max: 200_000 }))), {
    maxLength: 3,
  }),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', superOfficeFaults), { maxLength: 5 }),
  superOfficeThen: fc.constant<SuperOfficeFault>('ok'),
  sends: awsPlan(awsFaults, 4),
  kills: fc.array(kill(fc.nat({ max: 14 })), { maxLength: 3 }),
  splits: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 4 }),
};

const wish = (when: number, associateId: number, expiresInSeconds?: number) => ({
  at: when,
  chat: 648,
  associateId,
  group: 'chat' as const,
  ...(expiresInSeconds && { expiresInSeconds }),
});

/** A newer wish while an older one is pending, and one hiccup on the newer one's call. */
const hiccup = amid({
  events: fc
    .tuple(fc.constantFrom(900, 1_500, 5_000), fc.constantFrom(undefined, 3, 10))
    .map(([when, seconds]) => [wish(0, 8), wish(when, 9, seconds)]),
  superOffice: fc
    .constantFrom<SuperOfficeFault>('503', 'reset', 'applied, reset', 'hang', '401', '421')
    .map((fault): SuperOfficeFault[] => ['ok', fault]),
  people: fc.array(person(fc.constant(648), fc.integer({ min: 1_000, max: 9_000 })), {
    maxLength: 2,
  }),
  spareSandboxes: fc.nat({ max: 2 }),
  deployments: fc.constantFrom([], [], [1_600]),
  connectionSetUpMs: fc.constantFrom(0, 300),
});

/** Sandboxes die around `superseded`, and SQS hands the two out one by one from then on. */
const deathWhileSuperseding = amid({
  events: fc.constant([wish(0, 8), wish(0, 9)]),
  kills: fc.array(kill(fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 2 }),
  splits: fc.constantFrom([], [2, 1, 1, 1], [2, 1, 2, 1]),
  spareSandboxes: fc.nat({ max: 2 }),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', ['503', 'reset']), { maxLength: 3 }),
  inFlightBlocks: fc.constantFrom<InFlightBlocks>('later-messages', 'whole-group'),
});

/** What was told loses its answer, near the deadline or while people decline. */
const unheardSends = amid({
  events: fc
    .tuple(fc.constantFrom(undefined, 1, 2, 3, 10), fc.boolean())
    .map(([seconds, isRival]) => [
      wish(0, 8, seconds),
      ...(isRival ? [wish(1_000, 9, seconds)] : []),
    ]),
  sends: fc.array(fc.constantFrom<AwsFault>('answer lost', 'error', 'hang'), { maxLength: 6 }),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', ['429', '503', '401']), { maxLength: 3 }),
  people: fc.array(
    fc.record({
      at: fc.integer({ min: 200, max: 12_000 }),
      chat: fc.constant(648),
      does: fc.constantFrom<'accept' | 'reject'>('accept', 'reject', 'reject'),
    }),
    { maxLength: 3 },
  ),
  spareSandboxes: fc.nat({ max: 1 }),
  sqsClockAheadMs: fc.constantFrom(0, 0, furthestAheadMs, -10_000),
  deliveredTwice: fc.array(fc.nat({ max: 2 }), { maxLength: 2 }),
});

/** Clocks that differ, or jump, over faults that leave a sandbox with something to remember. */
const clocks = amid({
  events: fc.constantFrom([wish(0, 8)], [wish(0, 8), wish(4_000, 9)], [wish(0, 8, 3)]),
  superOffice: fc.array(
    fc.constantFrom<SuperOfficeFault>('503', '429 for 3 s', '401', 'ok', 'applied, reset'),
    { maxLength: 4 },
  ),
  sqsClockAheadMs: fc.integer({ min: -10_000, max: furthestAheadMs }),
  clockSetBackAt: fc.constantFrom<History['clockSetBackAt']>('never', 200, 1_000, 3_000),
  repeatsReceiveCount: fc.boolean(),
});

export const histories: fc.Arbitrary<History> = fc.oneof(
  { weight: 3, arbitrary: fc.record(general) },
  { weight: 1, arbitrary: fc.record(stream) },
  { weight: 1, arbitrary: fc.record(backlog) },
  { weight: 3, arbitrary: fc.record(rivalry) },
  { weight: 1, arbitrary: hiccup },
  { weight: 1, arbitrary: deathWhileSuperseding },
  { weight: 1, arbitrary: unheardSends },
  { weight: 1, arbitrary: clocks },
  { weight: 2, arbitrary: offersInPeace },
  { weight: 2, arbitrary: offersInTrouble },
) as fc.Arbitrary<History>;
