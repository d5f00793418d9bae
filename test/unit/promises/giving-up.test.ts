import { describe, expect, it } from '@jest/globals';
import { givenUpWithTimeLeft } from '../../../promises/giving-up.ts';
import { keptRecord, seenResult, sentEvent } from '../../support/run-records.ts';

describe('givenUpWithTimeLeft', () => {
  it.each([
    ['transfer-pending', true, 0],
    ['failed', true, 0],
    ['expired', true, 1],
    ['unknown', true, 1],
    ['expired', false, 0],
    ['unknown', false, 0],
  ])('judges "%s" where time is ample: %s', (outcome, hasAmpleTime, breaches) => {
    const record = keptRecord({
      events: [sentEvent({ hasAmpleTime })],
      results: [seenResult({ outcome })],
    });

    expect(givenUpWithTimeLeft(record)).toHaveLength(breaches);
  });
});
