import { setTimeout } from 'node:timers/promises';

/** Time as the client sees it, so that tests can hold it. */
export type Clock = {
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves at once where the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  async sleep(milliseconds, signal) {
    // Its one failure is the signal's.
    await setTimeout(milliseconds, undefined, signal && { signal }).catch(() => undefined);
  },
};
