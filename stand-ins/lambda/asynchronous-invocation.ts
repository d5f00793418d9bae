import type { LeaveDeadLetter } from '../dead-letter.ts';
import { TooManyRequestsError } from './account-concurrency.ts';

/** How a function is invoked asynchronously. */
export type AsynchronousSettings = {
  /** Of an event that the function fails on. @default 2 */
  maximumRetryAttempts?: number;
  /** @default 21600 */
  maximumEventAgeSeconds?: number;
  /** Before the second attempt and before the third. @default a minute and two, as Lambda waits */
  retryWaitsMs?: readonly number[];
  /** @default - nothing is left of what is dropped */
  deadLetter?: LeaveDeadLetter;
};

/** Counts that Lambda keeps of a function's asynchronous invocations, by CloudWatch's names. */
export type AsynchronousCount = 'AsyncEventsDropped' | 'DeadLetterErrors';

/**
 * Lambda's queue of the events that a function is invoked with asynchronously, for one of them:
 * what the function fails on is tried again, what it is not run for goes on being tried while the
 * event is young. Resolves to the answer, which AWS would throw away.
 * @throws what the last attempt failed on, once the event has been dropped
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function invokeAsynchronously(
  event: unknown,
  {
    invoke,
    count,
    wait,
    ...settings
  }: AsynchronousSettings & {
    invoke: (event: unknown) => Promise<unknown>;
    count: (metric: AsynchronousCount) => void;
    wait: (ms: number) => Promise<unknown>;
  },
): Promise<unknown> {
  const { maximumRetryAttempts = 2, maximumEventAgeSeconds = 21_600, deadLetter } = settings;
  const { retryWaitsMs = [60_000, 120_000] } = settings;
  const dropAt = Date.now() + maximumEventAgeSeconds * 1000;
  let failures = 0;
  let throttles = 0;
  for (;;) {
    try {
      return await invoke(event);
    } catch (error) {
      const throttled = error instanceof TooManyRequestsError;
      const waitMs = throttled ? throttledWaitMs(throttles++) : (retryWaitsMs[failures++] ?? 0);
      if (failures > maximumRetryAttempts || Date.now() + waitMs > dropAt) {
        await deadLetter?.(toDeadLetter(event, error)).catch(() => count('DeadLetterErrors'));
        count('AsyncEventsDropped');
        throw error;
      }
      await wait(waitMs);
    }
  }
}

/** From a second to five minutes. */
const throttledWaitMs = (throttles: number) => Math.min(1_000 * 2 ** throttles, 300_000);

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const toDeadLetter = (event: unknown, error: unknown) => ({
  body: JSON.stringify(event),
  attributes: { ErrorMessage: (error as Error).message.slice(0, 1_024) },
});
