import { type Clock, startSpan } from './clock.ts';

/** Leave to make one call now. */
export type Slot = {
  /** The call's request leaves at this moment. */
  onSent(): void;
  /** The call has ended, whether or not a request of it ever left. */
  onEnded(): void;
};

/** Why there is no slot: it would come too late, or SuperOffice asked for a pause until after that. */
export type NoSlot = 'too-late' | 'paused';

/** What a slot is for. Who has looked is served before who wants to look: see `createPace`. */
export type SlotUse = (typeof byPrecedence)[number];
const byPrecedence = ['transfer', 'look', 'yielding'] as const;

export type Pace = {
  /** Waits for its turn, but not past `latestStart` (epoch milliseconds). */
  take(latestStart: number, use: SlotUse): Promise<Slot | NoSlot>;
  /** SuperOffice asked to be left alone for so long. */
  pause(milliseconds: number): void;
  /** Resolves when the last request's spacing is over. Waits for no pause. */
  idle(): Promise<void>;
};

/**
 * Milliseconds until a sandbox's first slot: a third of a spacing from the start of its process, which
 * is over when its init is. At the default pace two sandboxes may then die within a second, and the
 * sign of life and a second look fall into it, and ten requests leave in it.
 */
export const freshSandboxWaitMs = (spacingMs: number, processAgeMs: number) =>
  Math.max(spacingMs / 3 - processAgeMs, 0);

/**
 * Spaces the requests of one sandbox evenly, as they leave: no two within `spacingMs`. Leave for the
 * next call is given only once the request of the one before has left, however long its connection
 * took to stand, since what counts is when requests arrive.
 *
 * Two rules make this a limit for all sandboxes together, of which as many work at a time as share
 * the rate. A fresh sandbox may replace one that died a moment after a call, so it waits, too: see
 * `freshSandboxWaitMs`. And an invocation ends with `idle`, since the next one may go to another
 * sandbox, which knows nothing of this one's last call.
 *
 * Transfers are served before looks, and what yields after both. In order of arrival, a batch of
 * retries at a low pace would spend all its time on looking, the next one again, and never come to a
 * transfer.
 */
export function createPace(options: {
  spacingMs: number;
  firstSlotInMs?: number | undefined;
  clock: Clock;
}): Pace {
  const { spacingMs, firstSlotInMs = spacingMs, clock } = options;
  type Turn = { use: SlotUse };
  const waiting = new Set<Turn>();
  let change = Promise.withResolvers<void>();
  let spacing = startSpan(clock, firstSlotInMs);
  let pause = startSpan(clock, 0);
  let unsent: Slot | undefined;

  const wakeAll = () => {
    change.resolve();
    change = Promise.withResolvers();
  };
  const freeInMs = () => Math.max(spacing.leftMs(), pause.leftMs());
  const isNext = (turn: Turn) => {
    const turns = [...waiting];
    const use = byPrecedence.find((each) => turns.some((waits) => waits.use === each));
    return turn === turns.find((waits) => waits.use === use);
  };

  function grant(): Slot {
    const slot: Slot = {
      onSent() {
        spacing = startSpan(clock, spacingMs);
        slot.onEnded();
      },
      onEnded() {
        if (unsent === slot) unsent = undefined;
        wakeAll();
      },
    };
    spacing = startSpan(clock, spacingMs);
    unsent = slot;
    return slot;
  }

  /** Resolves at the next change, or after that time at the latest. */
  async function changeWithin(milliseconds: number): Promise<void> {
    const { promise } = change;
    const cancel = clock.after(milliseconds, wakeAll);
    await promise;
    cancel();
  }

  return {
    async take(latestStart, use) {
      const turn = { use };
      waiting.add(turn);
      try {
        for (;;) {
          const now = clock.now();
          const freeIn = freeInMs();
          if (now + freeIn > latestStart) {
            const isPaused = !pause.isOver() && now + pause.leftMs() > latestStart;
            return isPaused ? 'paused' : 'too-late';
          }
          if (unsent === undefined && isNext(turn)) {
            if (freeIn === 0) return grant();
            await changeWithin(freeIn);
          } else await changeWithin(latestStart + 1 - now);
        }
      } finally {
        waiting.delete(turn);
        wakeAll();
      }
    },
    pause(milliseconds) {
      if (milliseconds > pause.leftMs()) pause = startSpan(clock, milliseconds);
      wakeAll();
    },
    async idle() {
      await clock.sleep(spacing.leftMs());
    },
  };
}
