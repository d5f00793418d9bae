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
  '421',
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

/** `offer` asks eli by hand; `pass on` gives the chat to eli. */
export type PersonDoes = 'accept' | 'reject' | 'cancel' | 'close' | 'reopen' | 'offer' | 'pass on';

/** One run: what is sent, what people do, what goes wrong, and who dies. Times in milliseconds. */
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
    /** Fields of an offer; `fallbacks` are associate ids, spelled as the target. */
    acceptWithinSeconds?: number;
    fallbacks?: number[];
    ifNobody?: 'leave' | 'return-to-queue';
    pickUp?: boolean;
    dryRun?: boolean;
    yields?: boolean;
  }[];
  people: { at: number; chat: number; does: PersonDoes }[];
  /** Sandboxes that Lambda has made ahead of need: more than ever work at a time. */
  spareSandboxes: number;
  /** Of SuperOffice's answers. */
  latencyMs: number;
  /** How long a connection takes to stand; one that was idle for four seconds is made anew. */
  connectionSetUpMs: number;
  /** The calls of keep-credential, on the same tenant. */
  keepAliveCalls: number[];
  /** Every sandbox is replaced at these moments, once what it is doing has ended. */
  deployments: number[];
  /** The address is asked of the tenant state service, and moves at these moments. */
  addressMoves: number[] | 'fixed address';
  /** By so much SQS's clock differs from everybody else's. */
  sqsClockAheadMs: number;
  /** The clock of the sandboxes of that time is set back by an hour. */
  clockSetBackAt: number | 'never';
  /** Of the invocations, in order, those whose batch the same sandbox gets once more as it was. */
  deliveredTwice: number[];
  /** A sandbox that gets an event for the second time is told that it is the first. */
  repeatsReceiveCount: boolean;
  superOffice: SuperOfficeFault[];
  /** After the list has ended. */
  superOfficeThen: SuperOfficeFault;
  sends: AwsFault[];
  /** Of the event queue, for what the function sends there itself. */
  carriers: AwsFault[];
  deletes: AwsFault[];
  visibilityChanges: AwsFault[];
  secretReads: AwsFault[];
  /** The sandbox that makes the nth call of all dies, before or after it has its effect. */
  kills: { step: number; when: 'before' | 'after' }[];
  /** Both readings of what SQS documents. */
  inFlightBlocks: InFlightBlocks;
  /** How many messages of a group one receive hands out at most; as many as there are, then. */
  splits: number[];
};

/** Each event spells its target with as many zeros as its place: so a call tells whose it is. */
export const targetOf = (history: History, index: number) =>
  spelled(index, history.events[index]?.associateId);

/** The others whom an offer may ask, spelled alike. */
export const fallbacksOf = (history: History, index: number) =>
  history.events[index]?.fallbacks?.map((associateId) => spelled(index, associateId)) ?? [];

const spelled = (index: number, associateId: number | undefined) =>
  '0'.repeat(index) + String(associateId);

/** Chats of the router's own, for a backlog. */
export const moreChats = Array.from({ length: 40 }, (_, index) => 700 + index);

/** Nothing goes wrong. */
export const calm: Omit<History, 'events'> = {
  timeToLiveSeconds: 300,
  maxCallsPerSecond: 6,
  people: [],
  spareSandboxes: 0,
  latencyMs: 5,
  connectionSetUpMs: 0,
  keepAliveCalls: [],
  deployments: [],
  addressMoves: 'fixed address',
  sqsClockAheadMs: 0,
  clockSetBackAt: 'never',
  deliveredTwice: [],
  repeatsReceiveCount: false,
  superOffice: [],
  superOfficeThen: 'ok',
  sends: [],
  carriers: [],
  deletes: [],
  visibilityChanges: [],
  secretReads: [],
  kills: [],
  inFlightBlocks: 'later-messages',
  splits: [],
};

/** Faults that are over in seconds. */
const shortFaults: SuperOfficeFault[] = ['ok', '503', 'reset', '429 for 3 s', '401'];

/** Whether nothing in the history explains it if an event is given up. */
export function hasAmpleTime(history: History, index: number): boolean {
  const { events, superOffice, superOfficeThen, maxCallsPerSecond, timeToLiveSeconds } = history;
  const isCalm =
    superOfficeThen === 'ok' &&
    superOffice.every((fault) => shortFaults.includes(fault)) &&
    isCalmAround(history);
  const callsAtMost = 3 * (events.length + superOffice.length);
  const pauses = superOffice.filter((fault) => fault === '429 for 3 s' || fault === '401').length;
  const neededSeconds = (2 * callsAtMost) / maxCallsPerSecond + 12 * pauses + 30;
  return isCalm && neededSeconds < timeToLiveSeconds && !events[index]?.expiresInSeconds;
}

/** Nothing goes wrong but what calls to SuperOffice meet. */
export function isCalmAround(history: History): boolean {
  const { kills, sends, carriers, deletes, visibilityChanges, secretReads, deployments } = history;
  return (
    history.addressMoves === 'fixed address' &&
    [kills, sends, carriers, deletes, visibilityChanges, secretReads, deployments].every(
      ({ length }) => length === 0,
    )
  );
}

/** SuperOffice's own limit, which holds whatever happens at the default pace. */
const tenantsLimit = 10;
const defaultPace = 6;

/**
 * Two sandboxes that call evenly make so many requests in any second, both its ends included, however
 * long their connections take to stand. On top come keep-credential, and one where a sandbox that was
 * ready takes the place of one that died a moment after its call.
 */
export function allowedCallsPerSecond(history: History): number {
  const { maxCallsPerSecond, keepAliveCalls, kills } = history;
  const allowed =
    2 * (Math.floor(maxCallsPerSecond / 2) + 1) + keepAliveCalls.length + kills.length;
  return maxCallsPerSecond <= defaultPace ? Math.min(allowed, tenantsLimit) : allowed;
}
