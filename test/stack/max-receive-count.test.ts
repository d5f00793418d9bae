import { describe, expect, it } from '@jest/globals';
import { backoffSeconds } from '../../functions/route-chat/backoff.ts';
import { maxReceiveCount } from '../../lib/max-receive-count.ts';

/** Receives of an event that is retried as fast as the function ever does, until its deadline. */
function receivesWhileAlive(timeToLiveSeconds: number): number {
  const deadline = timeToLiveSeconds * 1000;
  let receiveCount = 1;
  for (let now = 0; now < deadline; receiveCount += 1) {
    now += backoffSeconds([{ receiveCount, deadline }], now, () => 0) * 1000;
  }
  return receiveCount;
}

const range = Array.from({ length: 1800 - 10 + 1 }, (_, index) => index + 10);

describe('maxReceiveCount', () => {
  it('is out of reach of a live event, whatever the time to live', () => {
    const reached = range.filter(
      (seconds) => receivesWhileAlive(seconds) >= maxReceiveCount(seconds),
    );

    expect(reached).toEqual([]);
  });

  it('stays within what SQS takes', () => {
    const counts = range.map(maxReceiveCount);

    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
    expect(counts.every(Number.isInteger)).toBe(true);
  });

  it.each([
    [10, 55],
    [11, 56],
    [300, 200],
    [1800, 950],
    [3600, 1000],
  ])('makes %i seconds %i receives', (seconds, receives) => {
    expect(maxReceiveCount(seconds)).toBe(receives);
  });
});
