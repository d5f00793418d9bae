import { describe, expect, it } from '@jest/globals';
import { createTrickle, defaultPerSecond, type Trickle } from '../../../client/trickle.ts';
import { defaultMaxCallsPerSecond } from '../../../lib/limits.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

/** Moments in ms at which so many events may be sent, each send taking `sendMs`. */
async function moments(
  count: number,
  options: Trickle,
  {
    depth = (_: number) => 0,
    sendMs = 0,
    signal,
  }: {
    depth?: (at: number) => number;
    sendMs?: number;
    signal?: AbortSignal;
  } = {},
) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const at = () => Math.round(clock.now() - startedAt);
  const looks: number[] = [];
  const wait = createTrickle(options, {
    clock,
    signal,
    depth: async () => {
      looks.push(at());
      return depth(at());
    },
  });
  const sends: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await clock.until(wait());
    sends.push(at());
    await clock.advance(sendMs);
  }
  return { sends, looks };
}

describe('createTrickle', () => {
  it('takes a quarter of the pace that a deployment has by default', () => {
    expect(defaultPerSecond).toBe(defaultMaxCallsPerSecond / 4);
  });

  it.each<[string, Trickle, number[]]>([
    ['by default', {}, [0, 667, 1333, 2000]],
    ['two a second', { perSecond: 2 }, [0, 500, 1000, 1500]],
    ['one in ten seconds', { perSecond: 0.1 }, [0, 10_000, 20_000, 30_000]],
  ])('spaces sends evenly: %s', async (_, options, expected) => {
    expect((await moments(4, options)).sends).toEqual(expected);
  });

  it('counts the time a send takes into the spacing', async () => {
    expect((await moments(3, { perSecond: 2 }, { sendMs: 200 })).sends).toEqual([0, 500, 1000]);
  });

  it('makes up for no time that was lost', async () => {
    expect((await moments(3, { perSecond: 2 }, { sendMs: 1200 })).sends).toEqual([0, 1200, 2400]);
  });

  it.each([
    [{}, 40],
    [{ whileDepthBelow: 5 }, 5],
  ])('waits while the queue is not short: %j', async (options, limit) => {
    const depth = (at: number) => (at < 3_000 ? limit : limit - 1);

    const { sends } = await moments(2, options, { depth });

    expect(sends[0]).toBeGreaterThanOrEqual(3_000);
    expect(sends[0]).toBeLessThan(3_700);
    expect((sends[1] ?? 0) - (sends[0] ?? 0)).toBe(667);
  });

  it('asks a queue that is not short four times a second at most', async () => {
    const depth = (at: number) => (at < 1_000 ? 40 : 0);

    expect((await moments(1, { perSecond: 100 }, { depth })).looks).toEqual([
      0, 250, 500, 750, 1000,
    ]);
  });

  it('waits no longer once the signal has aborted', async () => {
    const { sends } = await moments(1, {}, { depth: () => 1_000, signal: AbortSignal.abort() });

    expect(sends).toEqual([0]);
  });

  it.each<[Trickle, string]>([
    [{ perSecond: 0 }, 'trickle.perSecond: expected a number from 0.001 on, got 0.'],
    [{ perSecond: Number.NaN }, 'trickle.perSecond: expected a number from 0.001 on, got NaN.'],
    [{ perSecond: Number.POSITIVE_INFINITY }, 'got Infinity.'],
    [{ whileDepthBelow: 0 }, 'trickle.whileDepthBelow: expected a number from 1 on, got 0.'],
  ])('refuses %j', async (options, message) => {
    await expect(moments(1, options)).rejects.toThrow(message);
  });
});
