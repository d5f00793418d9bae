import { describe, expect, it } from '@jest/globals';
import { createPace, freshSandboxWaitMs } from '../../../superoffice/pace.ts';
import { createVirtualClock, startOfTime } from '../../support/virtual-clock.ts';

describe('freshSandboxWaitMs', () => {
  it.each([
    { spacing: 400, age: 0, wait: 200 },
    { spacing: 400, age: 150, wait: 50 },
    { spacing: 400, age: 200, wait: 0 },
    { spacing: 400, age: 3_600_000, wait: 0 },
    { spacing: 0, age: 0, wait: 0 },
  ])('is $wait ms at a spacing of $spacing ms, $age ms after the process began', (row) => {
    expect(freshSandboxWaitMs(row.spacing, row.age)).toBe(row.wait);
  });
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
