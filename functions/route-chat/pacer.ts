import type { Clock } from '../../superoffice/clock.ts';

/** Leave to start one call now; or none, because it would come too late, or calls are paused. */
export type Slot = 'granted' | 'too-late' | 'paused';

/** What a slot is for. Who has looked is served before who wants to look: see `createPacer`. */
export type SlotUse = 'transfer' | 'look';

export type Pacer = {
  /** Waits for its turn, but not past `latestStart` (epoch milliseconds). */
  take(latestStart: number, use: SlotUse): Promise<Slot>;
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
 *
 * Transfers are served before looks. In order of arrival, a batch of retries at a low pace would
 * spend all its time on looking, the next one again, and never come to a transfer.
 */
export function createPacer({ spacingMs, clock }: { spacingMs: number; clock: Clock }): Pacer {
  type Waiting = { latestStart: number; use: SlotUse; resolve: (slot: Slot) => void };
  let waiting: Waiting[] = [];
  let isServing = false;
  let grantedAt = clock.now();
  let pausedUntil = 0;

  function nextFree(now: number): number {
    // Where the clock was set back, one spacing from now: not until it has caught up.
    grantedAt = Math.min(grantedAt, now);
    return Math.max(grantedAt + spacingMs, pausedUntil, now);
  }

  /** Sends away whoever the next free slot would come too late for. */
  function turnAway(now: number): void {
    const free = nextFree(now);
    for (const { latestStart, resolve } of waiting.filter((one) => free > one.latestStart)) {
      resolve(pausedUntil > latestStart ? 'paused' : 'too-late');
    }
    waiting = waiting.filter(({ latestStart }) => free <= latestStart);
  }

  async function serve(): Promise<void> {
    isServing = true;
    for (;;) {
      const now = clock.now();
      turnAway(now);
      const next = waiting.find(({ use }) => use === 'transfer') ?? waiting[0];
      if (!next) break;
      const wait = nextFree(now) - now;
      if (wait > 0) {
        await clock.sleep(wait);
        continue;
      }
      grantedAt = now;
      waiting = waiting.filter((one) => one !== next);
      next.resolve('granted');
    }
    isServing = false;
  }

  return {
    take(latestStart, use) {
      return new Promise((resolve) => {
        waiting.push({ latestStart, use, resolve });
        if (isServing) turnAway(clock.now());
        else void serve();
      });
    },
    pauseUntil(moment) {
      pausedUntil = Math.max(pausedUntil, moment);
    },
    async idle() {
      await clock.sleep(Math.max(Math.min(grantedAt, clock.now()) + spacingMs - clock.now(), 0));
    },
  };
}
