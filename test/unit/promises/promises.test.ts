import { describe, expect, it } from '@jest/globals';
import type { Breach } from '../../../promises/breach.ts';
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
  lookCall,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

const offer = { targets: ['8', '9'], associateIds: [8, 9], acceptWithinMs: 30_000 };
const offerEvent = sentEvent({ offer });
const endsOpen = seenResult({ outcome: 'unknown', offers: [] }, 31_000);
const answered = (answer: string, endedAt: number) => ({
  events: [offerEvent],
  results: [
    seenResult(
      {
        outcome: answer,
        offers: [
          {
            toAssociate: '8',
            askedAt: new Date(at(100)).toISOString(),
            endedAt: new Date(at(endedAt)).toISOString(),
            answer,
          },
        ],
      },
      endedAt,
    ),
  ],
});

/** Of every promise a breach; those at the end need not know what was sent. */
const breaches: Record<string, Partial<RunRecord>> = {
  lost: { results: [] },
  'out of order': {
    events: [sentEvent(), sentEvent({ messageId: 'b', target: '09' })],
    calls: [transferCall(50, { target: '09' }), transferCall()],
    results: [seenResult(), seenResult({ eventMessageId: 'b' })],
    sessionStates: [sessionState(), sessionState({ pending: 9 }, { target: '09' })],
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
  'asked side by side': {
    events: [offerEvent],
    calls: [transferCall(), transferCall(2_000, { target: '9' })],
    results: [endsOpen],
  },
  'asked after acceptance': {
    events: [offerEvent],
    calls: [transferCall(), lookCall(200), transferCall(300, { target: '9' })],
    sessionStates: [
      sessionState(),
      sessionState({ owner: 8, pending: null }, { at: at(200), by: 'look', target: undefined }),
    ],
    results: [endsOpen],
  },
  'asked after a newer one': {
    events: [offerEvent, sentEvent({ messageId: 'b', target: '010', associateId: 10 })],
    calls: [transferCall(100, { target: '010' }), transferCall(300, { target: '9' })],
    sessionStates: [sessionState({ pending: 10 }, { target: '010' })],
    results: [seenResult({ eventMessageId: 'b' }), endsOpen],
    invocations: [{ ...invocation(['a', 'b']), sandbox: 'one' }],
  },
  'untrue offers': answered('declined', 150),
  'too many looks': {
    events: [offerEvent],
    calls: [transferCall(), lookCall(110), lookCall(120), lookCall(130)],
    results: [endsOpen],
    isCalm: true,
  },
  'ended too late': { ...answered('unanswered', 38_100), isCalm: true },
  'too fast': { calls: Array.from({ length: 11 }, () => transferCall(0, { status: 429 })) },
  duplicate: { results: [seenResult(), seenResult()] },
  'dead-lettered': { deadLetters: ['a'] },
  unreadable: { unreadable: ['Not a route chat result'] },
  leaked: { leaks: ['the log says "7T:"'] },
  'function failed': { invocations: [invocation(['a'], 'Sandbox.Timedout')] },
  'malformed log': { malformedLogLines: ['oops'] },
};
const rows = Object.entries(breaches);

const ofA = (says: string): Breach => ({ messageId: 'a', says });

/** What a reader is told of each of them. */
const told: Record<string, Breach> = {
  lost: ofA('has no result'),
  'out of order': ofA('was tried 50 ms after a newer event of its chat'),
  'gave way': ofA('gave way to a pending transfer that is not known to be newer'),
  'told and tried': ofA('was tried again by one, which had told it'),
  contradicted: ofA('was told expired, then assigned'),
  'no look': ofA('was tried again by one without a look'),
  'too late': ofA('was tried 100000 ms after its deadline'),
  'given up': ofA('"unknown" although there was time'),
  untrue: ofA('"transfer-pending" was not so'),
  'asked side by side': ofA('asked 9 while 8 had 28100 ms left'),
  'asked after acceptance': ofA('asked 9 after a look had shown it accepted'),
  'asked after a newer one': ofA('asked 9 after a newer event of its chat'),
  'untrue offers': ofA('says of 8: "declined", which was not so'),
  'too many looks': ofA('looked 3 times, not 2'),
  'ended too late': ofA('ended 8000 ms after its time'),
  'too fast': { says: '11 calls in a second, allowed 10' },
  duplicate: ofA('has 2 results'),
  'dead-lettered': ofA('is a dead letter, though it saw the function die 0 times, not 200'),
  unreadable: { says: 'Not a route chat result' },
  leaked: { says: 'the log says "7T:"' },
  'function failed': { says: 'Sandbox.Timedout' },
  'malformed log': { says: 'no JSON: oops' },
};

describe('brokenPromises', () => {
  it('finds nothing where every promise is kept', () => {
    expect(brokenPromises(keptRecord())).toEqual([]);
  });

  it.each(rows)('names a breach of "%s", and says what it is', (promise, changes) => {
    expect(brokenPromises(keptRecord(changes))).toEqual([{ promise, ...told[promise] }]);
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
