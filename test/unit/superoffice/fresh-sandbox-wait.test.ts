import { describe, expect, it } from '@jest/globals';
import { createPace, freshSandboxWaitMs } from '../../../superoffice/pace.ts';
import { createVirtualClock, startOfTime } from '../../support/virtual-clock.ts';

describe('freshSandboxWaitMs', () => {
  it.each([
    { spacing: 600, age: 0, wait: 200 },
    { spacing: 600, age: 150, wait: 50 },
    { spacing: 600, age: 200, wait: 0 },
    { spacing: 600, age: 3_600_000, wait: 0 },
    { spacing: 0, age: 0, wait: 0 },
  ])('is $wait ms at a spacing of $spacing ms, $age ms after the process began', (row) => {
    expect(freshSandboxWaitMs(row.spacing, row.age)).toBe(row.wait);
  });
});

/** The default: six calls a second, shared by two sandboxes. */
const spacingMs = 333.334;

/** Calls of the sandboxes in one place in the second that begins with one, so many of them dying right after a call. */
async function callsInASecond(deaths: number): Promise<number> {
  const clock = createVirtualClock();
  const fresh = () =>
    createPace({ spacingMs, firstSlotInMs: freshSandboxWaitMs(spacingMs, 0), clock });
  let pace = createPace({ spacingMs, firstSlotInMs: 0, clock });
  for (let calls = 0; ; calls += 1) {
    const slot = await clock.until(pace.take(Number.POSITIVE_INFINITY, 'transfer'));
    if (typeof slot === 'string' || clock.now() - startOfTime >= 1000) return calls;
    slot.onSent();
    if (calls < deaths) pace = fresh();
  }
}

describe('freshSandboxWaitMs, where sandboxes die right after a call and are replaced at once', () => {
  it.each([
    { deaths: 0, calls: 3 },
    { deaths: 1, calls: 4 },
    { deaths: 2, calls: 5 },
    { deaths: 3, calls: 5 },
    { deaths: 4, calls: 6 },
  ])('leaves $calls calls in a second to one place with $deaths deaths', async (row) => {
    expect(await callsInASecond(row.deaths)).toBe(row.calls);
  });

  it.each([
    [2, 0],
    [1, 1],
  ])(
    'keeps %d and %d deaths, the sign of life and a second look within ten',
    async (one, other) => {
      const calls = (await callsInASecond(one)) + (await callsInASecond(other));

      expect(calls + 2).toBeLessThanOrEqual(10);
    },
  );
});

describe('createPace, told when the first slot is free', () => {
  it.each([0, 120])('gives it after %d ms, and the next one a spacing later', async (first) => {
    const clock = createVirtualClock();
    const pace = createPace({ spacingMs: 400, firstSlotInMs: first, clock });
    const call = async () => {
      const slot = await pace.take(startOfTime + 10_000, 'transfer');
      if (typeof slot === 'string') return slot;
      slot.onSent();
      return clock.now() - startOfTime;
    };

    expect(await clock.until(Promise.all([call(), call()]))).toEqual([first, first + 400]);
  });
});
