import { describe, expect, it } from '@jest/globals';
import { repeat } from '../../../../functions/keep-credential/repeat.ts';
import { LoginError } from '../../../../superoffice/login-refusals.ts';
import { UnusableSecretError } from '../../../../superoffice/secret-fields.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

/** Fails with these, one after the other, and then goes well. */
async function attemptsAt(errors: Error[], withinMs = 20_000) {
  const clock = createVirtualClock();
  let attempts = 0;
  const act = async () => {
    attempts += 1;
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
  const end = await clock
    .until(repeat(act, { clock, until: startOfTime + withinMs }))
    .catch((error: Error) => error.message);
  return { attempts, end, tookMs: clock.now() - startOfTime };
}

describe('repeat', () => {
  it('does it once where it goes well', async () => {
    expect(await attemptsAt([])).toEqual({ attempts: 1, end: 'done', tookMs: 0 });
  });

  it('does it again a second after a fault, twice at most', async () => {
    const fault = () => new Error('503');

    expect(await attemptsAt([fault(), fault()])).toEqual({
      attempts: 3,
      end: 'done',
      tookMs: 2_000,
    });
    expect(await attemptsAt([fault(), fault(), fault()])).toMatchObject({
      attempts: 3,
      end: '503',
    });
  });

  it.each([
    ['a refusal', new LoginError('refused', { isRefusal: true }), 1],
    ['a secret that cannot be used', new UnusableSecretError('no key'), 1],
    ['a login service that is down', new LoginError('down'), 2],
  ])('knows what stays so: %s', async (_, error, attempts) => {
    expect(await attemptsAt([error])).toMatchObject({ attempts });
  });

  it('does nothing again that there is no time for', async () => {
    expect(await attemptsAt([new Error('503')], 999)).toMatchObject({ attempts: 1, end: '503' });
  });
});
