import type { Clock } from './clock.ts';

/** How events are sent that have time, so that they do not stand in others' way. */
export type Trickle = {
  /**
   * Events a second, evenly spaced.
   * @default 1.5 - a quarter of the pace of a deployment's default settings
   */
  perSecond?: number | undefined;
  /**
   * Sends only while the event queue holds fewer, in flight ones included.
   * @default 40
   */
  whileDepthBelow?: number | undefined;
};

export const defaultPerSecond = 1.5;
const defaultWhileDepthBelow = 40;

/** A queue that is full is not asked more often, whatever the spacing. */
const shortestLookMs = 250;

/**
 * Waits until the next event may be sent; returns early once the signal aborts. The promise rejects
 * where the depth cannot be read.
 * @throws RangeError that names the option that is out of bounds
 */
export function createTrickle(
  { perSecond = defaultPerSecond, whileDepthBelow = defaultWhileDepthBelow }: Trickle,
  {
    depth,
    clock,
    signal,
  }: { depth: () => Promise<number>; clock: Clock; signal?: AbortSignal | undefined },
): () => Promise<void> {
  atLeast('trickle.perSecond', perSecond, 0.001);
  atLeast('trickle.whileDepthBelow', whileDepthBelow, 1);
  const spacingMs = 1_000 / perSecond;
  let next = clock.now();

  return async () => {
    await clock.sleep(Math.max(next - clock.now(), 0), signal);
    while (!signal?.aborted && (await depth()) >= whileDepthBelow) {
      await clock.sleep(Math.max(spacingMs, shortestLookMs), signal);
    }
    // From when it is sent: time that was waited is not made good by a burst.
    next = clock.now() + spacingMs;
  };
}

function atLeast(name: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new RangeError(`${name}: expected a number from ${least} on, got ${value}.`);
}
