import { describe, expect, it } from '@jest/globals';
import type { Logged } from '../../../../cli/send/log-line.ts';
import { type LogWatchOptions, type SearchLog, watchLog } from '../../../../cli/send/log-watch.ts';
import { logged } from '../../../support/logged.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

/** A watch on a log of which each search finds what is written until then. */
function watching(
  written: { afterMs: number; line: Logged }[],
  given: Partial<LogWatchOptions> = {},
) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const searches: number[] = [];
  const patterns: string[] = [];
  const search: SearchLog = async (pattern) => {
    searches.push(clock.now() - startedAt);
    patterns.push(pattern);
    return written
      .filter(({ afterMs }) => startedAt + afterMs <= clock.now())
      .map(({ line }) => line);
  };
  const { signal } = new AbortController();
  const watch = watchLog({ search, waitSeconds: 10, signal, clock, ...given });
  return { clock, watch, searches, patterns };
}

const asked = (eventMessageId: string) => logged({ eventMessageId });
const underWay = (outcome: string, receiveCount: number) =>
  logged({ isResult: false, outcome, receiveCount });

describe('watchLog', () => {
  it('asks once a second, until every event has its outcome', async () => {
    const { clock, watch, searches } = watching([
      { afterMs: 500, line: asked('m-1') },
      { afterMs: 2_500, line: asked('m-2') },
    ]);
    watch.add('m-1');
    watch.add('m-2');

    const { outcomes } = await clock.until(watch.finish());

    expect([...outcomes.keys()]).toEqual(['m-1', 'm-2']);
    expect(searches).toEqual([1_000, 2_000, 3_000]);
  });

  it('asks for what has no outcome yet, and for nothing while there is no event', async () => {
    const { clock, watch, patterns } = watching([{ afterMs: 0, line: asked('m-1') }]);
    await clock.advance(5_500);
    watch.add('m-1');
    await clock.advance(1_000);
    watch.add('m-2');

    await clock.until(watch.finish());

    expect(patterns[0]).toBe('{ ($.eventMessageId = "m-1") }');
    expect(patterns[1]).toBe('{ ($.eventMessageId = "m-2") }');
  });

  it('ends without an outcome when the time is over, counted from when all was sent', async () => {
    const { clock, watch } = watching([{ afterMs: 60_000, line: asked('m-1') }]);
    const startedAt = clock.now();
    watch.add('m-1');
    await clock.advance(30_000);

    const { outcomes } = await clock.until(watch.finish());

    expect(outcomes.size).toBe(0);
    expect(clock.now() - startedAt).toBe(40_000);
  });

  it('takes nothing but a result for an outcome, and tells of what comes before once', async () => {
    const told: unknown[] = [];
    const onUnderWay = ({ outcome, receiveCount }: Logged) =>
      void told.push([outcome, receiveCount]);
    const { clock, watch } = watching(
      [
        { afterMs: 0, line: underWay('retry', 1) },
        { afterMs: 1_500, line: underWay('retry', 2) },
        { afterMs: 2_500, line: underWay('offered', 3) },
        { afterMs: 3_500, line: asked('m-1') },
      ],
      { onUnderWay },
    );
    watch.add('m-1');

    const { outcomes } = await clock.until(watch.finish());

    expect(told).toEqual([
      ['retry', 1],
      ['offered', 3],
    ]);
    expect(outcomes.get('m-1')?.outcome).toBe('transfer-pending');
  });

  it('leaves out what is told of other events', async () => {
    const { clock, watch } = watching([
      { afterMs: 0, line: asked('m-9') },
      { afterMs: 1_500, line: asked('m-1') },
    ]);
    watch.add('m-1');

    const { outcomes } = await clock.until(watch.finish());

    expect([...outcomes.keys()]).toEqual(['m-1']);
  });

  it('goes on where a search fails, and says why where that lasts', async () => {
    let failures = 0;
    const flaky: SearchLog = async () => {
      failures += 1;
      if (failures < 3) throw new Error('Rate exceeded');
      return [asked('m-1')];
    };
    const recovered = watching([], { search: flaky });
    recovered.watch.add('m-1');
    const lasting = watching([], { search: () => Promise.reject(new Error('Rate exceeded')) });
    lasting.watch.add('m-1');

    const told = await recovered.clock.until(recovered.watch.finish());
    const untold = await lasting.clock.until(lasting.watch.finish());

    expect(told).toMatchObject({ lastError: undefined });
    expect(told.outcomes.size).toBe(1);
    expect(untold).toMatchObject({ lastError: new Error('Rate exceeded') });
  });

  it('ends at once where it is aborted', async () => {
    const stopping = new AbortController();
    const { clock, watch, searches } = watching([], { signal: stopping.signal });
    watch.add('m-1');
    await clock.advance(2_500);
    stopping.abort();

    const { outcomes } = await clock.until(watch.finish());

    expect(outcomes.size).toBe(0);
    expect(searches).toEqual([1_000, 2_000]);
  });
});
