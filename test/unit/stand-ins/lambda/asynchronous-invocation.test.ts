import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DeadLetter } from '../../../../stand-ins/dead-letter.ts';
import { TooManyRequestsError } from '../../../../stand-ins/lambda/account-concurrency.ts';
import {
  type AsynchronousSettings,
  invokeAsynchronously,
} from '../../../../stand-ins/lambda/asynchronous-invocation.ts';

const minute = 60_000;
const failing = new Error('too much');
const throttled = new TooManyRequestsError();

describe('invokeAsynchronously', () => {
  let waits: number[];
  let counts: string[];
  let letters: DeadLetter[];
  beforeEach(() => {
    waits = [];
    counts = [];
    letters = [];
  });

  /** Of a function whose attempts end so, the last for ever. */
  const invoke = (ends: readonly unknown[], settings: AsynchronousSettings = {}) => {
    let attempt = 0;
    return invokeAsynchronously(
      { a: 1 },
      {
        async invoke() {
          const end = ends[Math.min(attempt++, ends.length - 1)];
          if (end instanceof Error) throw end;
          return end;
        },
        count: (metric) => counts.push(metric),
        wait: async (ms) => waits.push(ms),
        ...settings,
      },
    );
  };

  it.each<[string, unknown[], AsynchronousSettings, number[]]>([
    ['that the function fails on', [failing, failing, 'done'], {}, [minute, 2 * minute]],
    ['sooner where it is told to', [failing, 'done'], { retryWaitsMs: [5] }, [5]],
    [
      'that it is not run for, ever later',
      [...Array(11).fill(throttled), 'done'],
      {},
      [...[1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000)],
    ],
    [
      'of which it fails on some',
      [failing, throttled, failing, 'done'],
      {},
      [minute, 1_000, 2 * minute],
    ],
  ])('tries again what it is invoked with %s', async (_, ends, settings, expected) => {
    expect(await invoke(ends, settings)).toBe('done');
    expect(waits).toEqual(expected);
    expect(counts).toEqual([]);
  });

  it.each<[string, unknown[], AsynchronousSettings, number]>([
    ['failed on three times', [failing], {}, 2],
    ['failed on once, where that is all', [failing], { maximumRetryAttempts: 0 }, 0],
    ['that would be too old', [failing], { maximumEventAgeSeconds: 90 }, 1],
    ['throttled until it is too old', [throttled], { maximumEventAgeSeconds: 3 }, 2],
  ])('drops an event %s', async (_, ends, settings, attempts) => {
    await expect(invoke(ends, settings)).rejects.toBe(ends[0]);
    expect(waits).toHaveLength(attempts);
    expect(counts).toEqual(['AsyncEventsDropped']);
  });

  it('leaves what it drops on the dead-letter queue', async () => {
    const deadLetter = async (letter: DeadLetter) => letters.push(letter);

    await expect(invoke([failing], { deadLetter })).rejects.toThrow();

    expect(letters).toEqual([{ body: '{"a":1}', attributes: { ErrorMessage: 'too much' } }]);
    expect(counts).toEqual(['AsyncEventsDropped']);
  });

  it('counts what that queue does not take', async () => {
    const deadLetter = () => Promise.reject(new Error('denied'));

    await expect(invoke([failing], { deadLetter })).rejects.toBe(failing);

    expect(counts).toEqual(['DeadLetterErrors', 'AsyncEventsDropped']);
  });
});
