import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../superoffice/clock.ts';

describe('systemClock', () => {
  it('sleeps no shorter than it was told, give or take the timer’s millisecond', async () => {
    const before = systemClock.now();

    await systemClock.sleep(20);

    expect(systemClock.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('wakes at once when the signal aborts', async () => {
    const alarm = new AbortController();
    const before = systemClock.now();

    const sleep = systemClock.sleep(60_000, alarm.signal);
    alarm.abort();
    await sleep;

    expect(systemClock.now() - before).toBeLessThan(10_000);
  });

  it('does not fall asleep where the signal has aborted before', async () => {
    const before = systemClock.now();

    await systemClock.sleep(60_000, AbortSignal.abort());

    expect(systemClock.now() - before).toBeLessThan(10_000);
  });
});
