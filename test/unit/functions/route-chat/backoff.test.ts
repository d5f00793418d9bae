import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffSeconds } from '../../../../functions/route-chat/backoff.ts';

const now = 1_000_000;
const due = (leftMs: number, receiveCount = 1) => ({ receiveCount, deadline: now + leftMs });
const seconds = (receiveCount: number, random: number, leftMs = 300_000) =>
  backoffSeconds([due(leftMs, receiveCount)], now, () => random);

const events = fc.array(
  fc.record({
    receiveCount: fc.integer({ min: 1, max: 1000 }),
    deadline: fc.integer({ min: 0, max: now + 400_000 }),
  }),
  { minLength: 1, maxLength: 10 },
);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoffSeconds', () => {
  it.each([
    [1, 1, 1],
    [2, 1, 2],
    [3, 2, 4],
    [4, 3, 5],
    [5, 3, 5],
    [1000, 3, 5],
  ])('at receive %i is %i to %i seconds', (receiveCount, least, most) => {
    expect(seconds(receiveCount, 0)).toBe(least);
    expect(seconds(receiveCount, 0.999_999)).toBe(most);
  });

  it.each([
    [5_999, 4],
    [5_000, 4],
    [4_999, 3],
    [3_000, 2],
    [2_000, 1],
  ])('leaves a second for a last attempt where %i ms are left', (leftMs, most) => {
    expect(seconds(5, 0.999_999, leftMs)).toBe(most);
  });

  it.each([
    [10, 1],
    [11, 2],
  ])('at receive %i is no less than %i, also with little time left', (receiveCount, least) => {
    expect(seconds(receiveCount, 0, 2_000)).toBe(least);
  });

  it('takes the most patient and the most pressed of a group into account', () => {
    const group = [due(300_000, 5), due(3_500, 1)];

    expect(backoffSeconds(group, now, () => 0.999_999)).toBe(2);
  });

  it.each([
    [1_999, 2],
    [1_001, 2],
    [1_000, 1],
    [1, 1],
  ])(
    'brings back for its result, right after the deadline, what has %i ms left',
    (leftMs, most) => {
      expect(seconds(5, 0.999_999, leftMs)).toBe(most);
    },
  );

  it('is not hurried by a deadline that has passed', () => {
    const group = [due(300_000, 5), due(0, 1), due(-1, 1)];

    expect(backoffSeconds(group, now, () => 0.999_999)).toBe(5);
  });

  it('is a whole number from 1 to 5, and from the eleventh receive on at least 2', () => {
    fc.assert(
      fc.property(events, chance, (group, random) => {
        const backoff = backoffSeconds(group, now, () => random);
        const isPatient = Math.max(...group.map(({ receiveCount }) => receiveCount)) >= 11;
        expect(Number.isInteger(backoff)).toBe(true);
        expect(backoff).toBeGreaterThanOrEqual(isPatient ? 2 : 1);
        expect(backoff).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('brings nobody back later than a second before the deadline, where an attempt fits', () => {
    fc.assert(
      fc.property(events, chance, (group, random) => {
        const moment = now + backoffSeconds(group, now, () => random) * 1000;
        const isPatient = group.some(({ receiveCount }) => receiveCount >= 11);
        for (const { deadline } of group) {
          if (deadline - now < (isPatient ? 3_000 : 2_000)) continue;
          expect(deadline - moment).toBeGreaterThanOrEqual(1_000);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
