import type { VirtualClock } from '../support/virtual-clock.ts';

const idleMs = 4_000;

/** The connections one sandbox keeps to one host, on virtual time: used again while they stand. */
export function createConnections(clock: VirtualClock, setUpMs: number) {
  let idle: { usableUntil: number }[] = [];

  return {
    /** Rejects with the signal's reason where that comes first. */
    async take(signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      idle = idle.filter(({ usableUntil }) => usableUntil > clock.now());
      if (idle.pop() || setUpMs === 0) return;
      const aborted = Promise.withResolvers<never>();
      const onAbort = () => aborted.reject(signal.reason);
      signal.addEventListener('abort', onAbort);
      await Promise.race([clock.sleep(setUpMs), aborted.promise]);
      signal.removeEventListener('abort', onAbort);
    },
    giveBack: () => void idle.push({ usableUntil: clock.now() + idleMs }),
  };
}
