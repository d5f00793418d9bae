import { type Concluded, type Known, nothingKnown, perhapsApplied } from './decide.ts';
import type { RouteRequest } from './received-event.ts';

/** What this sandbox knows of an event. Whoever handles the event writes into it. */
export type Remembered = {
  known: Known;
  /** Whether or not SQS has taken its result: nothing concluded is tried again. */
  concluded?: Concluded;
};

export type Memory = {
  /** Called for every receive of an event. */
  recall(request: RouteRequest): Remembered;
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

  return {
    recall(request) {
      const { messageId, receiveCount } = request;
      const last = entries.get(messageId);
      const entry = last ?? { known: nothingKnown, receiveCount };
      const isGapless = last ? receiveCount === last.receiveCount + 1 : isUntried(request);
      if (!isGapless) entry.known = perhapsApplied(entry.known);
      entry.receiveCount = receiveCount;
      // The most recently used is last.
      entries.delete(messageId);
      entries.set(messageId, entry);
      const [oldest = messageId] = entries.keys();
      if (entries.size > mostRemembered) entries.delete(oldest);
      return entry;
    },
  };
}

/** No sandbox can have tried it: this is its first receive, or the first came after its deadline. */
const isUntried = ({ receiveCount, firstReceivedAt, deadline }: RouteRequest) =>
  receiveCount === 1 || firstReceivedAt >= deadline + clockSkewMs;
