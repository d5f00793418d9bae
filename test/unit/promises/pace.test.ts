import { describe, expect, it } from '@jest/globals';
import { callsTooFast, mostArrivalsInASecond } from '../../../promises/pace.ts';
import { keptRecord, transferCall } from '../../support/run-records.ts';

const callsEvery = (milliseconds: number, count: number) =>
  Array.from({ length: count }, (_, index) => transferCall(index * milliseconds));

describe('callsTooFast', () => {
  it.each([
    ['as many in a second as are allowed', callsEvery(10, 10), 0],
    ['one more', callsEvery(10, 11), 1],
    ['more, but not in one second', callsEvery(100, 30), 0],
  ])('judges %s', (_, calls, breaches) => {
    expect(callsTooFast(keptRecord({ calls }))).toHaveLength(breaches);
  });
});

describe('mostArrivalsInASecond', () => {
  it('counts arrivals, not starts', () => {
    const together = callsEvery(400, 3).map((call) => ({ ...call, arrivedAt: 5_000 }));

    expect(mostArrivalsInASecond({ calls: together })).toBe(3);
  });

  it('leaves out what never arrived', () => {
    const calls = [transferCall(), transferCall(100, { arrivedAt: undefined })];

    expect(mostArrivalsInASecond({ calls })).toBe(1);
  });
});
