import { describe, expect, it } from '@jest/globals';
import { judge, net } from '../../../bench/targets.ts';

const spread = (median: number) => ({ median, low: median, high: median, count: 1 });
const cold = (ready: number, firstEvent: number) => ({
  ready: spread(ready),
  firstEvent: spread(firstEvent),
  cpuMs: spread(0),
  memoryMb: spread(0),
});

describe('net', () => {
  it('takes off what the runtime alone takes', () => {
    const of = net({ empty: 30, floor: 100 }, (value) => value);

    expect(of('floor')).toBe(70);
  });
});

describe('judge', () => {
  it('judges only what was measured', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ size: { 'route-chat': { bytes: 270_001, gzippedBytes: 1 } } })).toEqual([
      { what: 'bundle, minified: KB', limit: 270, measured: 270.001, isMet: false },
    ]);
  });

  it('compares cold starts net of the runtime', () => {
    const measured = {
      cold: {
        empty: cold(20, 20),
        floor: cold(100, 120),
        powertools: cold(120, 150),
        'official-client': cold(220, 240),
        'route-chat': cold(120, 145),
      },
    };

    const verdicts = judge(measured).map((verdict) => [verdict.measured, verdict.isMet]);

    expect(verdicts).toEqual([
      [1.25, true],
      [1, false],
      [0.5, true],
      [1.25, true],
    ]);
  });
});
