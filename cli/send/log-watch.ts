import { systemClock } from '../../client/clock.ts';
import { filterPatternFor, type Logged } from './log-line.ts';

/** The lines that a filter pattern finds in the function's log. */
export type SearchLog = (filterPattern: string) => Promise<Logged[]>;

/** Follows events in the function's log. */
export type LogWatch = {
  /** Looks for this event, too. */
  add(eventMessageId: string): void;
  /**
   * No more is added. Resolves once each event has its outcome, by its message id; or without some
   * when the time is over or the signal aborts.
   */
  finish(): Promise<{ outcomes: ReadonlyMap<string, Logged>; lastError: unknown }>;
};

export type LogWatchOptions = {
  search: SearchLog;
  /** From when no more is added. */
  waitSeconds: number;
  onOutcome?: (logged: Logged) => void;
  /** Told of each event that has no result yet, once of each outcome. */
  onUnderWay?: (logged: Logged) => void;
  signal: AbortSignal;
  clock?: Pick<typeof systemClock, 'now' | 'sleep'>;
};

const pollMs = 1_000;

/**
 * Asks the log once a second, from the first event on. A search that fails is made again: what was
 * sent may be told by the next one.
 */
export function watchLog(options: LogWatchOptions): LogWatch {
  const { search, waitSeconds, onOutcome, onUnderWay, signal, clock = systemClock } = options;
  const open = new Set<string>();
  const underWay = new Set<string>();
  const outcomes = new Map<string, Logged>();
  let deadline = Number.POSITIVE_INFINITY;
  let lastError: unknown;
  let polling: Promise<void> | undefined;

  const take = (logged: Logged) => {
    const { eventMessageId, outcome, isResult } = logged;
    if (!open.has(eventMessageId)) return;
    if (!isResult) {
      const key = `${eventMessageId} ${outcome}`;
      if (!underWay.has(key)) onUnderWay?.(logged);
      underWay.add(key);
      return;
    }
    open.delete(eventMessageId);
    outcomes.set(eventMessageId, logged);
    onOutcome?.(logged);
  };

  const isOver = () =>
    signal.aborted || clock.now() >= deadline || (deadline < Infinity && open.size === 0);

  async function poll(): Promise<void> {
    while (!isOver()) {
      await clock.sleep(Math.min(pollMs, deadline - clock.now()), signal);
      if (signal.aborted) return;
      if (open.size === 0) continue;
      try {
        for (const logged of await search(filterPatternFor([...open]))) take(logged);
        lastError = undefined;
      } catch (error) {
        lastError = error;
      }
    }
  }

  return {
    add(eventMessageId) {
      if (!outcomes.has(eventMessageId)) open.add(eventMessageId);
      polling ??= poll();
    },
    async finish() {
      deadline = clock.now() + waitSeconds * 1_000;
      await polling;
      return { outcomes, lastError };
    },
  };
}
