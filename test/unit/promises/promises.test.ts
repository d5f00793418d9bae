import { describe, expect, it } from '@jest/globals';
import {
  brokenPromises,
  brokenWhateverHappened,
  promiseNames,
} from '../../../promises/promises.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import {
  at,
  invocation,
  keptRecord,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

/** Of every promise a breach; those at the end need not know what was sent. */
const breaches: Record<string, Partial<RunRecord>> = {
  lost: { results: [] },
  'out of order': {
    events: [sentEvent(), sentEvent({ messageId: 'b', target: '09', isInvalid: true })],
    calls: [transferCall(50, { target: '09' }), transferCall()],
    deadLetters: ['b'],
    maxReceiveCount: 0,
  },
  'gave way': {
    results: [seenResult({ outcome: 'not-applied', cause: 'other-transfer-pending' })],
    calls: [transferCall(100, { route: 'session', target: undefined })],
    sessionStates: [sessionState({ pending: 9 }, { by: 'look', target: undefined })],
  },
  'told and tried': {
    resultSends: [{ at: at(90), messageId: 'a', says: 'transfer-pending', sandbox: 'one' }],
  },
  contradicted: {
    resultSends: ['expired', 'assigned'].map((says) => ({
      at: at(150),
      messageId: 'a',
      says,
      sandbox: 'one',
    })),
  },
  'no look': { calls: [transferCall(50, { status: 503 }), transferCall()] },
  'too late': { calls: [transferCall(400_000)] },
  'given up': {
    events: [sentEvent({ hasAmpleTime: true, timeToLiveMs: 100 })],
    calls: [transferCall(50, { status: 503 })],
    results: [seenResult({ outcome: 'unknown' })],
  },
  untrue: { sessionStates: [] },
  'too fast': { calls: Array.from({ length: 11 }, () => transferCall()) },
  duplicate: { results: [seenResult(), seenResult()] },
  'dead-lettered': { deadLetters: ['a'] },
  unreadable: { unreadable: ['Not a route chat result'] },
  leaked: { leaks: ['the log says "7T:"'] },
  'function failed': { invocations: [invocation(['a'], 'Sandbox.Timedout')] },
  'malformed log': { malformedLogLines: ['oops'] },
};
const rows = Object.entries(breaches);

describe('brokenPromises', () => {
  it('finds nothing where every promise is kept', () => {
    expect(brokenPromises(keptRecord())).toEqual([]);
  });

  it.each(rows)('names a breach of "%s"', (promise, changes) => {
    const broken = brokenPromises(keptRecord(changes));

    expect(broken.map((breach) => breach.promise)).toEqual([promise]);
  });
});

describe('promiseNames', () => {
  it('leaves out none', () => {
    expect(promiseNames).toEqual(rows.map(([promise]) => promise));
  });
});

describe('brokenWhateverHappened', () => {
  it.each(rows.slice(-6))('names a breach of "%s"', (promise, changes) => {
    const broken = brokenWhateverHappened(keptRecord(changes));

    expect(broken.map((breach) => breach.promise)).toEqual([promise]);
  });

  it('asks of none what was sent', () => {
    const strange = keptRecord({ events: [], calls: [transferCall(400_000)], waiting: 3 });

    expect(brokenWhateverHappened(strange)).toEqual([]);
  });
});
