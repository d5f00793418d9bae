import type { Clock } from '../../superoffice/clock.ts';
import { LoginError } from '../../superoffice/login-refusals.ts';
import { UnusableSecretError } from '../../superoffice/secret-fields.ts';

/** What a fault that passes mostly takes to pass. */
const pauseMs = 1_000;
const mostAttempts = 3;

/**
 * Does it again where it failed by what may pass in a second: three times at most, and not once there
 * is no time for it.
 * @param until epoch milliseconds
 * @throws the last attempt's error.
 */
export async function repeat<Value>(
  act: () => Promise<Value>,
  { clock, until }: { clock: Pick<Clock, 'now' | 'sleep'>; until: number },
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      const isOver = attempt === mostAttempts || clock.now() + pauseMs > until;
      if (isOver || staysSo(error)) throw error;
      await clock.sleep(pauseMs);
    }
  }
}

const staysSo = (error: unknown) =>
  error instanceof UnusableSecretError || (error instanceof LoginError && error.isRefusal);
