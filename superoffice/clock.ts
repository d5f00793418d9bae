/** Time as our code sees it, so that tests can hold it. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Runs `action` once the time has passed, unless the function it returns is called before. */
  after(milliseconds: number, action: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A stretch of time that began just now. */
export type TimeSpan = {
  /** Milliseconds until it is over; 0 from then on. */
  leftMs(): number;
  isOver(): boolean;
};

/** Starts a stretch of time. Where the clock is set back meanwhile, it starts anew, and lasts no longer. */
export function startSpan(clock: Pick<Clock, 'now'>, lengthMs: number): TimeSpan {
  let startedAt = clock.now();
  const leftMs = () => {
    const now = clock.now();
    startedAt = Math.min(startedAt, now);
    return Math.max(startedAt + lengthMs - now, 0);
  };
  return { leftMs, isOver: () => leftMs() === 0 };
}
