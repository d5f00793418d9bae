import { describe, expect, it } from '@jest/globals';
import { startSpan, systemClock } from '../../../superoffice/clock.ts';

describe('systemClock', () => {
  it('sleeps no shorter than it was told, give or take the timer’s millisecond', async () => {
    const before = systemClock.now();

    await systemClock.sleep(20);

    expect(systemClock.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('runs what was put off, in order of time, and nothing that was called off', async () => {
    const ran: string[] = [];

    const callOff = systemClock.after(1, () => ran.push('called off'));
    await new Promise<void>((resolve) => {
      systemClock.after(15, resolve);
      systemClock.after(5, () => ran.push('put off'));
      callOff();
    });

    expect(ran).toEqual(['put off']);
  });
});

describe('startSpan', () => {
  /** A span of a second, seen after the clock has moved so far. */
  const spanAfter = (...movesMs: number[]) => {
    let now = 5_000;
    const span = startSpan({ now: () => now }, 1_000);
    for (const moveMs of movesMs) {
      now += moveMs;
      span.leftMs();
    }
    return { leftMs: span.leftMs(), isOver: span.isOver() };
  };

  it.each<[string, number[], number]>([
    ['has all of its time left when it starts', [], 1_000],
    ['has less left as time passes', [400], 600],
    ['has a millisecond left just before its end', [999], 1],
    ['is over at its end', [1_000], 0],
    ['is over ever after', [60_000], 0],
    ['starts anew where the clock is set back', [400, -3_600_000], 1_000],
    ['ends that long after the clock was set back', [400, -3_600_000, 999], 1],
    ['is over that long after the clock was set back', [400, -3_600_000, 1_000], 0],
    ['lasts longer by what the clock is set back, where that is less', [400, -100], 700],
    ['is over at once where the clock is set forward', [3_600_000], 0],
  ])('%s', (_, movesMs, leftMs) => {
    expect(spanAfter(...movesMs)).toEqual({ leftMs, isOver: leftMs === 0 });
  });

  it.each([0, -1_000])('is over at once where it lasts %i ms', (lengthMs) => {
    const span = startSpan({ now: () => 5_000 }, lengthMs);

    expect(span.leftMs()).toBe(0);
    expect(span.isOver()).toBe(true);
  });
});
