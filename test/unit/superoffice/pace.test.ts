import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPacer, type SlotUse } from '../../../../functions/route-chat/pacer.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const forever = Number.POSITIVE_INFINITY;
const spacingMs = 250;

function setUp() {
  const clock = createVirtualClock();
  const pacer = createPacer({ spacingMs, clock });
  /** When a slot was granted, from the start; or why none was. */
  const take = async (latestStart = forever, use: SlotUse = 'transfer') => {
    const slot = await pacer.take(latestStart, use);
    return slot === 'granted' ? clock.now() - startOfTime : slot;
  };
  return { clock, pacer, take };
}

describe('createPacer', () => {
  it('lets a fresh sandbox wait one spacing', async () => {
    const { clock, take } = setUp();

    expect(await clock.until(take())).toBe(250);
  });

  it('spaces slots evenly, in the order they were asked for', async () => {
    const { clock, take } = setUp();

    expect(await clock.until(Promise.all([take(), take(), take()]))).toEqual([250, 500, 750]);
  });

  it('serves transfers before looks, so that looking does not take all the time there is', async () => {
    const { clock, take } = setUp();

    const slots = [take(forever, 'look'), take(forever, 'look'), take(forever, 'transfer')];

    expect(await clock.until(Promise.all(slots))).toEqual([500, 750, 250]);
  });

  it('turns away at once whom the next slot comes too late for, also while others wait', async () => {
    const { clock, take } = setUp();
    const slot = take();

    expect(await take(startOfTime + 100)).toBe('too-late');
    expect(clock.now()).toBe(startOfTime);
    expect(await clock.until(slot)).toBe(250);
  });

  it('grants at once where the last call is long past', async () => {
    const { clock, take } = setUp();
    await clock.advance(10_000);

    expect(await clock.until(Promise.all([take(), take()]))).toEqual([10_000, 10_250]);
  });

  it('grants no slot past the latest start, and does not wait for it', async () => {
    const { clock, take } = setUp();

    expect(await take(startOfTime + 249)).toBe('too-late');
    expect(clock.now()).toBe(startOfTime);
    expect(await clock.until(take(startOfTime + 250))).toBe(250);
    expect(await take(startOfTime + 249)).toBe('too-late');
  });

  it('spends no slot on whom it refuses', async () => {
    const { clock, take } = setUp();

    const slots = [take(), take(startOfTime + 300), take()];

    expect(await clock.until(Promise.all(slots))).toEqual([250, 'too-late', 500]);
  });

  it('grants no slot while paused', async () => {
    const { clock, pacer, take } = setUp();
    pacer.pauseUntil(startOfTime + 3_000);

    expect(await clock.until(Promise.all([take(), take()]))).toEqual([3_000, 3_250]);
  });

  it('heeds a pause that comes while somebody waits', async () => {
    const { clock, pacer, take } = setUp();
    const slot = take();
    await clock.advance(100);

    pacer.pauseUntil(startOfTime + 3_000);

    expect(await clock.until(slot)).toBe(3_000);
  });

  it('says at once that a pause lasts too long', async () => {
    const { clock, pacer, take } = setUp();
    pacer.pauseUntil(startOfTime + 3_000);

    expect(await take(startOfTime + 2_999)).toBe('paused');
    expect(clock.now()).toBe(startOfTime);
  });

  it('is not hurried by a pause shorter than the one it keeps', async () => {
    const { clock, pacer, take } = setUp();
    pacer.pauseUntil(startOfTime + 3_000);

    pacer.pauseUntil(startOfTime + 1_000);

    expect(await clock.until(take())).toBe(3_000);
  });

  it('is idle one spacing after the last slot, pause or no pause', async () => {
    const { clock, pacer, take } = setUp();
    await clock.until(Promise.all([take(), take()]));
    pacer.pauseUntil(startOfTime + 60_000);

    await clock.until(pacer.idle());

    expect(clock.now() - startOfTime).toBe(750);
  });

  it('is idle at once where the last slot is long past', async () => {
    const { clock, pacer } = setUp();
    await clock.advance(1_000);

    await clock.until(pacer.idle());

    expect(clock.now() - startOfTime).toBe(1_000);
  });

  it('waits no longer than one spacing where the clock is set back', async () => {
    const { clock, take } = setUp();
    await clock.until(take());
    clock.adjust(-3_600_000);

    const before = clock.now();
    await clock.until(take());

    expect(clock.now() - before).toBe(spacingMs);
  });

  it('never grants two slots within one spacing, nor one past its latest start or in a pause', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take'), ms: fc.integer({ min: -100, max: 4_000 }) }),
      fc.record({ kind: fc.constant('pause'), ms: fc.integer({ min: -100, max: 2_000 }) }),
      fc.record({ kind: fc.constant('wait'), ms: fc.integer({ min: 0, max: 800 }) }),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const { clock, pacer } = setUp();
        const granted = [startOfTime];
        const pauses: { from: number; until: number }[] = [];
        const taken: Promise<void>[] = [];
        for (const { kind, ms } of steps) {
          if (kind === 'wait') await clock.advance(ms);
          if (kind === 'pause') {
            pauses.push({ from: clock.now(), until: clock.now() + ms });
            pacer.pauseUntil(clock.now() + ms);
          }
          if (kind === 'take') {
            const latest = clock.now() + ms;
            taken.push(
              pacer.take(latest, ms % 2 === 0 ? 'look' : 'transfer').then((slot) => {
                if (slot !== 'granted') return;
                expect(clock.now()).toBeLessThanOrEqual(latest);
                granted.push(clock.now());
              }),
            );
          }
        }
        await clock.until(Promise.all(taken));
        const gaps = granted.slice(1).map((moment, index) => moment - (granted[index] ?? 0));
        expect(Math.min(spacingMs, ...gaps)).toBe(spacingMs);
        for (const { from, until } of pauses) {
          expect(granted.filter((moment) => moment > from && moment < until)).toEqual([]);
        }
      }),
    );
  });
});
