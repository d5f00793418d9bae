import { describe, expect, it } from '@jest/globals';
import { median, perSecond, quantile, rateOf, spreadOf } from '../../../bench/statistics.ts';

describe('quantile', () => {
  it('lies between neighbours in proportion', () => {
    expect(quantile([40, 10, 30, 20], 0.25)).toBe(17.5);
    expect(quantile([1, 2, 3], 1)).toBe(3);
  });

  it('leaves what it is given as it was', () => {
    const values = [3, 1, 2];

    quantile(values, 0.5);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe('median', () => {
  it('is the middle, or halfway between the two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });
});

describe('spreadOf', () => {
  it('holds half of all values', () => {
    expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
  });
});

describe('rateOf', () => {
  it('counts the spaces between calls, not the calls', () => {
    expect(rateOf([0, 125, 250, 375, 500, 625, 750, 875, 1000])).toBe(8);
  });
});

describe('perSecond', () => {
  it('counts from the first call on, and keeps a second without any', () => {
    expect(perSecond([5100, 5000, 5999, 7500])).toEqual([3, 0, 1]);
  });
});
