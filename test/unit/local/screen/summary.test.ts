import { describe, expect, it } from '@jest/globals';
import { summarize } from '../../../../local/screen/summary.ts';

const totals = { events: 1, notTaken: 0, results: 1, lost: 0, twice: 0, elsewhere: 0 };
const options = { without: 'lost', mostCallsInASecond: undefined } as const;

describe('summarize', () => {
  it('says nothing of what did not happen', () => {
    expect(summarize(totals, options)).toBe('1 event, 1 result, 0 lost, 0 twice');
  });

  it('counts what SQS did not take, which is neither an event nor lost', () => {
    expect(summarize({ ...totals, notTaken: 2 }, options)).toBe(
      '1 event, 2 not taken, 1 result, 0 lost, 0 twice',
    );
  });
});
