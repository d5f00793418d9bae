import type { Clock } from '../../superoffice/clock.ts';

export type VirtualClock = Clock & {
  /** Lets time pass, timer by timer; what a timer sets off has run before the next one fires. */
  advance(milliseconds: number): Promise<void>;
  /** Lets time pass until the promise settles. Rejects when nothing is left that could settle it. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Changes what `now` says, as an adjusted wall clock would; timers run on regardless. */
  adjust(milliseconds: number): void;
  /** How many sleeps are under way. */
  sleeping(): number;
};

export const startOfTime = Date.parse('2026-11-22T08:05:00.000Z');

/** Time held by hand: it passes only when a test says so. */
export function createVirtualClock(start = startOfTime): VirtualClock {
  let elapsed = 0;
  let wallOffset = start;
  const timers = new Set<{ due: number; fire: () => void }>();

  function after(milliseconds: number, action: () => void): () => void {
    const timer = {
      due: elapsed + Math.max(0, milliseconds),
      fire() {
        timers.delete(timer);
        action();
      },
    };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  function fireNext(latest: number): boolean {
    const [next] = [...timers].sort((one, other) => one.due - other.due);
    if (!next || next.due > latest) return false;
    elapsed = Math.max(elapsed, next.due);
    next.fire();
    return true;
  }

  return {
    now: () => wallOffset + elapsed,
    sleep: (milliseconds) =>
      new Promise((resolve) =>
        // The end of this turn, for which no time has to pass.
        milliseconds > 0 ? after(milliseconds, resolve) : setImmediate(resolve),
      ),
    after,
    async advance(milliseconds) {
      const end = elapsed + milliseconds;
      do await settle();
      while (fireNext(end));
      elapsed = end;
    },
    async until(promise) {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      promise.then(settled, settled);
      for (;;) {
        await settle();
        if (isSettled) return await promise;
        if (!fireNext(Number.POSITIVE_INFINITY)) throw new Error('Nothing is left to wait for.');
      }
    },
    adjust(milliseconds) {
      wallOffset += milliseconds;
    },
    sleeping: () => timers.size,
  };
}

/** Microtasks, and the few turns of the event loop that a response's body takes. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}
