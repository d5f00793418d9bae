import type { Clock } from '../../superoffice/clock.ts';

/** Leave to start one call now; or none, because it would come too late, or calls are paused. */
export type Slot = 'granted' | 'too-late' | 'paused';

export type Pacer = {
  /** Waits for its turn, but not past `latestStart` (epoch milliseconds). */
  take(latestStart: number): Promise<Slot>;
  /** SuperOffice asked to be left alone: no slot before that moment. */
  pauseUntil(moment: number): void;
  /** Resolves when the next slot would be free. */
  idle(): Promise<void>;
};

/**
 * Spaces the calls of one sandbox evenly: no two slots are granted within `spacingMs`.
 *
 * Two rules make this a limit for all sandboxes together, of which as many work at a time as share
 * the rate. A fresh sandbox waits one spacing before its first call, since it may replace one that
 * called a moment ago. And an invocation ends with `idle`, since the next one may go to another
 * sandbox, which knows nothing of this one's last call.
 */
export function createPacer({ spacingMs, clock }: { spacingMs: number; clock: Clock }): Pacer {
  let grantedAt = clock.now();
  let pausedUntil = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function spacingLeft(): number {
    const now = clock.now();
    // Where the clock was set back, one spacing from now: not until it has caught up.
    grantedAt = Math.min(grantedAt, now);
    return Math.max(grantedAt + spacingMs - now, 0);
  }

  async function grant(latestStart: number): Promise<Slot> {
    for (;;) {
      const now = clock.now();
      if (Math.max(pausedUntil, now) > latestStart)
        return pausedUntil > now ? 'paused' : 'too-late';
      const wait = Math.max(spacingLeft(), pausedUntil - now);
      if (wait <= 0) {
        grantedAt = now;
        return 'granted';
      }
      if (now + wait > latestStart) return 'too-late';
      await clock.sleep(wait);
    }
  }

  return {
    take(latestStart) {
      const slot = turn.then(() => grant(latestStart));
      turn = slot;
      return slot;
    },
    pauseUntil(moment) {
      pausedUntil = Math.max(pausedUntil, moment);
    },
    async idle() {
      await turn;
      await clock.sleep(spacingLeft());
    },
  };
}
