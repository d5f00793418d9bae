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
});
