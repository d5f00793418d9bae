import { describe, expect, it } from '@jest/globals';
import { functionFailures } from '../../../promises/function-failures.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import { invocation, keptRecord } from '../../support/run-records.ts';

describe('functionFailures', () => {
  it.each<[string, Partial<RunRecord>, number]>([
    ['an invocation that answered', {}, 0],
    ['one that timed out', { invocations: [invocation(['a'], 'Sandbox.Timedout')] }, 1],
    ['one that died unkilled', { invocations: [invocation(['a'], 'killed')] }, 1],
    ['one that was killed', { invocations: [invocation(['a'], 'killed')], kills: 1 }, 0],
    ['an attempt that threw', { unexpectedErrors: ['an attempt broke off unexpectedly'] }, 1],
  ])('judges %s', (_, changes, breaches) => {
    expect(functionFailures(keptRecord(changes))).toHaveLength(breaches);
  });

  it('says how it ended, how many died too many, and what was not thought of', () => {
    const invocations = ['killed', 'killed', 'Sandbox.Timedout'].map((how) => invocation([], how));

    expect(
      functionFailures(keptRecord({ invocations, kills: 1, unexpectedErrors: ['oops'] })),
    ).toEqual([
      { says: 'Sandbox.Timedout' },
      { says: '2 died, 1 were killed' },
      { says: 'an error that nobody thought of: oops' },
    ]);
  });
});
