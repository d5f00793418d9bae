import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../superoffice/clock.ts';

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
