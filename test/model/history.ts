import fc from 'fast-check';
import type { InFlightBlocks } from '../../stand-ins/sqs/fifo-queue-options.ts';

/** What one call to SuperOffice meets, in the order the calls are made. */
export const superOfficeFaults = [
  'ok',
  '503',
  'applied, 503',
  'hang',
  'applied, hang',
  'applied late, hang',
  'reset',
  'applied, reset',
  'unreachable',
  '429',
  '429 for 3 s',
  '503 for 20 s',
  '401',
  '403',
  'html 404',
  '302',
  'null',
  'other session',
  'slow',
] as const;
export type SuperOfficeFault = (typeof superOfficeFaults)[number];

/** What one call to SQS or Secrets Manager meets. */
export const awsFaults = [
  'ok',
  'error',
  'answer lost',
  'hang',
  'half failed',
  'sender fault',
] as const;
export type AwsFault = (typeof awsFaults)[number];

/** One story: what is sent, what people do, what goes wrong, and who dies. Times in milliseconds. */
export type History = {
  timeToLiveSeconds: number;
  maxCallsPerSecond: number;
  events: {
    at: number;
    chat: number;
    /** Associate id; see `targetOf`. */
    associateId: number;
    /** Message group: the chat's own, as producers should, or one for all. */
    group: 'chat' | 'shared';
    expiresInSeconds?: number;
    isInvalid?: boolean;
  }[];
  people: { at: number; chat: number; does: 'accept' | 'reject' | 'close' | 'offer' }[];
  /** Sandboxes that Lambda has made ahead of need: more than ever work at a time. */
  spareSandboxes: number;
  /** Of SuperOffice's answers. */
  latencyMs: number;
  superOffice: SuperOfficeFault[];
  /** After the list has ended. */
  superOfficeThen: SuperOfficeFault;
  sends: AwsFault[];
  deletes: AwsFault[];
  visibilityChanges: AwsFault[];
  secretReads: AwsFault[];
  /** The sandbox that makes the nth call to the world dies, before or after it has its effect. */
  kills: { step: number; when: 'before' | 'after' }[];
  /** Both readings of what SQS documents. */
  inFlightBlocks: InFlightBlocks;
  /** How many messages of a group one receive hands out at most; as many as there are, then. */
  splits: number[];
};

/** Each event spells its target with as many zeros as its place: so a call tells whose it is. */
export const targetOf = (history: History, index: number) =>
  '0'.repeat(index) + String(history.events[index]?.associateId);

/** Whether nothing in the history explains it if an event is given up. */
export function hasAmpleTime(history: History, index: number): boolean {
  const { events, superOffice, superOfficeThen, maxCallsPerSecond, timeToLiveSeconds } = history;
  const { kills, sends, deletes, visibilityChanges, secretReads } = history;
  const isCalm =
    superOfficeThen === 'ok' &&
    superOffice.every((fault) => fault === 'ok' || fault === '503') &&
    [kills, sends, deletes, visibilityChanges, secretReads].every((faults) => faults.length === 0);
  const callsAtMost = 3 * (events.length + superOffice.length);
  const isAmple = (2 * callsAtMost) / maxCallsPerSecond + 30 < timeToLiveSeconds;
  return isCalm && isAmple && events[index]?.expiresInSeconds === undefined;
}

/** The router's own, then one of ben's, in the queue, with a bot, closed, pending to somebody. */
const ownChats = [640, 641, 642, 643, 644, 645, 646, 647, 648, 649];
export const chats = [...ownChats, 650, 651, 652, 653, 654];

/** More of the router's own, for a backlog. */
export const moreChats = Array.from({ length: 40 }, (_, index) => 700 + index);

const mostly = <Value>(usual: Value, values: readonly Value[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

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
    does: fc.constantFrom('accept', 'reject', 'close', 'offer'),
  });

const awsPlan = (faults: readonly AwsFault[], maxLength: number) =>
  fc.array(mostly<AwsFault>('ok', faults), { maxLength });

const kill = (step: fc.Arbitrary<number>) =>
  fc.record({ step, when: fc.constantFrom('before', 'after') });

/** A bit of everything. */
const general = {
  timeToLiveSeconds: fc.constantFrom(10, 30, 120, 300),
  maxCallsPerSecond: fc.constantFrom(8, 8, 8, 3),
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
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', superOfficeFaults), { maxLength: 30 }),
  superOfficeThen: mostly<SuperOfficeFault>('ok', superOfficeFaults),
  sends: awsPlan(awsFaults, 15),
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
  latencyMs: fc.constantFrom(1, 5),
  superOffice: fc.constant([]),
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

export const histories: fc.Arbitrary<History> = fc.oneof(
  { weight: 3, arbitrary: fc.record(general) },
  { weight: 1, arbitrary: fc.record(stream) },
  { weight: 1, arbitrary: fc.record(backlog) },
  { weight: 3, arbitrary: fc.record(rivalry) },
) as fc.Arbitrary<History>;
