import type { CarrierMessage } from './carrier.ts';
import { type Concluded, type Known, nothingKnown, perhapsApplied } from './decide.ts';
import type { Offer } from './offer.ts';
import { type RouteRequest, recordIdOf, sequenceOf } from './received-event.ts';

/** What this sandbox knows of an event. Whoever handles the event writes into it. */
export type Remembered = {
  known: Known;
  /** Whether or not SQS has taken its result: nothing concluded is tried again. */
  concluded?: Concluded;
  /** Only of an offer. */
  offer?: RememberedOffer;
};

/** An offer, which is further than the record it came with as long as no carrier was made of it. */
export type RememberedOffer = {
  recordId: string;
  /** How far the offer was when that record was sent. */
  recordStep: number;
  /** Of that record: where one is missing, another sandbox has had it since, and this is forgotten. */
  receiveCount: number;
  state: Offer;
  /** Whom it has begun to ask last, as the event has it. */
  asking?: string;
  /** The carrier that was made of it; where it is not known to be sent, SQS may have it all the same. */
  next?: { message: CarrierMessage; isSent: boolean };
};

export type Memory = {
  /** Called for every receive of an event. */
  recall(request: RouteRequest): Remembered;
  /** The event has been the newest of its chat. */
  noteNewest(request: RouteRequest): void;
  /** A newer event of its message group and chat has been the newest one here before. */
  isOutdated(request: RouteRequest): boolean;
};

const mostRemembered = 10_000;

/** By so much the clocks of SQS and of the sandbox may differ. */
const clockSkewMs = 5_000;

/**
 * Remembers this sandbox's events, since SQS carries nothing from one receive to the next but a
 * count. Where a receive is missing from memory (another sandbox had it, or one that died) a call of
 * the event counts as perhaps applied: `expired` is said only of what was surely not applied.
 */
export function createMemory(): Memory {
  const entries = new Map<string, Remembered & { receiveCount: number }>();
  const newest = new Map<string, bigint>();

  return {
    recall(request) {
      const { messageId, receiveCount, carrier } = request;
      const last = entries.get(messageId);
      const entry = last ?? { known: nothingKnown, receiveCount };
      // A carrier looks first whatever is known; the receives of its event are not its own.
      if (!carrier) {
        const isGapless = last ? receiveCount === last.receiveCount + 1 : isUntried(request);
        if (!isGapless) entry.known = perhapsApplied(entry.known);
        entry.receiveCount = receiveCount;
      }
      const { offer } = entry;
      if (offer?.recordId === recordIdOf(request)) {
        // What another sandbox did in between is only seen by a look.
        const isGapless = offer.next?.isSent || receiveCount === offer.receiveCount + 1;
        if (isGapless) offer.receiveCount = receiveCount;
        else delete entry.offer;
      }
      putLast(entries, messageId, entry);
      return entry;
    },

    noteNewest(request) {
      const key = groupAndChatOf(request);
      const sequence = sequenceOf(request);
      const before = newest.get(key) ?? 0n;
      putLast(newest, key, sequence > before ? sequence : before);
    },

    isOutdated: (request) => (newest.get(groupAndChatOf(request)) ?? 0n) > sequenceOf(request),
  };
}

/** What was put last is forgotten last. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest = key] = map.keys();
  if (map.size > mostRemembered) map.delete(oldest);
}

const groupAndChatOf = ({ messageGroupId, event }: RouteRequest) =>
  `${event.chatSessionId} ${messageGroupId}`;

/** No sandbox can have tried it: this is its first receive, or the first came after its deadline. */
const isUntried = ({ receiveCount, firstReceivedAt, deadline }: RouteRequest) =>
  receiveCount === 1 || firstReceivedAt >= deadline + clockSkewMs;
