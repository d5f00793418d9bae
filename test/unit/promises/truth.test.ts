import { describe, expect, it } from '@jest/globals';
import { type RunRecord, virtualTime } from '../../../promises/run-record.ts';
import { untrueResults } from '../../../promises/truth.ts';
import {
  at,
  invocation,
  keptRecord,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

const nothingApplied = sessionState({ pending: null }, { applied: false });
const newer = sentEvent({ messageId: 'b', target: '09', associateId: 9 });
const soonOver = sentEvent({ timeToLiveMs: 150 });

const offered = sentEvent({
  offer: { targets: ['8', '9'], associateIds: [8, 9], acceptWithinMs: 30_000 },
});
const lookAt = (session: Parameters<typeof sessionState>[0]) =>
  sessionState(session, { at: at(140), by: 'look', target: undefined });
const taken = seenResult({ outcome: 'not-applied', cause: 'taken-by-another' });

describe('untrueResults', () => {
  it.each<[string, Partial<RunRecord>]>([
    ['pending, though nobody was asked', { sessionStates: [nothingApplied] }],
    ['pending, though somebody else was asked', { sessionStates: [sessionState({ pending: 9 })] }],
    ['pending, though the chat had ended', { sessionStates: [sessionState({ status: 'Closed' })] }],
    ['pending, long after it was so', { results: [seenResult({}, 20_000)] }],
    ['pending, before it was so', { sessionStates: [sessionState({}, { at: at(300) })] }],
    ['assigned, though it is only pending', { results: [seenResult({ outcome: 'assigned' })] }],
    [
      'not applied, though it was',
      {
        sessionStates: [
          sessionState({ pending: null }, { at: at(50), by: 'look', target: undefined }),
          sessionState(),
        ],
        results: [seenResult({ outcome: 'not-applied', cause: 'unclear' })],
      },
    ],
    [
      'not applied for a cause that was none',
      {
        sessionStates: [nothingApplied],
        results: [seenResult({ outcome: 'not-applied', cause: 'ended' })],
      },
    ],
    [
      'failed, though SuperOffice did not refuse',
      { results: [seenResult({ outcome: 'failed', error: errorOf(404) })] },
    ],
    [
      'expired, though one of its calls took effect',
      {
        events: [soonOver],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'expired, long before its deadline',
      { calls: [], sessionStates: [], results: [seenResult({ outcome: 'expired' })] },
    ],
    [
      'unknown, though SuperOffice had refused',
      {
        events: [soonOver],
        calls: [transferCall(100, { status: 429 })],
        results: [seenResult({ outcome: 'unknown' })],
      },
    ],
    [
      'superseded, though there is no newer one',
      { results: [seenResult({ outcome: 'superseded' })] },
    ],
    [
      'superseded by one it never met',
      {
        events: [sentEvent(), newer],
        results: [seenResult({ outcome: 'superseded' })],
      },
    ],
    [
      'superseded by an invalid one',
      {
        events: [sentEvent(), { ...newer, isInvalid: true }],
        results: [seenResult({ outcome: 'superseded' })],
        invocations: [invocation(['a', 'b'])],
      },
    ],
    [
      'unknown, as its call never arrived',
      {
        events: [soonOver],
        calls: [transferCall(100, { status: undefined, arrivedAt: undefined })],
        results: [seenResult({ outcome: 'unknown' })],
      },
    ],
    [
      'pending, before it was so by its own clock',
      { results: [seenResult({}, 51)], tolerances: virtualTime },
    ],
    [
      'expired, a moment before its deadline',
      {
        events: [sentEvent({ timeToLiveMs: 201 })],
        calls: [],
        sessionStates: [],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'expired, though one of its calls may have been applied',
      {
        events: [soonOver],
        calls: [transferCall(100, { status: 503 })],
        sessionStates: [],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'failed, though an earlier call may have been applied',
      {
        calls: [transferCall(50, { status: 503 }), transferCall(100, { status: 404 })],
        results: [seenResult({ outcome: 'failed', error: errorOf(404) })],
      },
    ],
    [
      'unknown, with time left',
      {
        calls: [transferCall(100, { status: 503 })],
        results: [seenResult({ outcome: 'unknown' })],
      },
    ],
    [
      'taken by another, though who was asked has it',
      {
        events: [offered],
        sessionStates: [sessionState(), lookAt({ owner: 8, pending: null })],
        results: [taken],
      },
    ],
    ['a result of no event', { events: [] }],
    ['invalid, though it is not', { results: [seenResult({ outcome: 'invalid-event' })] }],
    ['a word nobody knows', { results: [seenResult({ outcome: 'transferred' })] }],
  ])('takes for untrue: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toHaveLength(1);
  });

  it.each<[string, Partial<RunRecord>]>([
    [
      'taken by another, whom the offer does not name',
      {
        events: [offered],
        sessionStates: [sessionState(), lookAt({ owner: 15, pending: null })],
        results: [taken],
      },
    ],
    [
      'assigned',
      {
        sessionStates: [sessionState({ owner: 8, pending: null })],
        results: [seenResult({ outcome: 'assigned' })],
      },
    ],
    [
      'not applied, after it had been rejected',
      {
        sessionStates: [
          sessionState(),
          sessionState({ pending: null }, { at: at(120), applied: false }),
        ],
        results: [seenResult({ outcome: 'not-applied', cause: 'unclear' })],
      },
    ],
    [
      'not applied, as SuperOffice said `null`',
      {
        calls: [transferCall(100, { fault: 'null' })],
        sessionStates: [],
        results: [seenResult({ outcome: 'not-applied', cause: 'no-session' })],
      },
    ],
    [
      'failed',
      {
        calls: [transferCall(100, { status: 404 })],
        sessionStates: [],
        results: [seenResult({ outcome: 'failed', error: errorOf(404) })],
      },
    ],
    [
      'failed, as a look told what became of the earlier call',
      {
        calls: [
          transferCall(50, { status: 503 }),
          transferCall(70, { route: 'session', target: undefined }),
          transferCall(100, { status: 404 }),
        ],
        results: [seenResult({ outcome: 'failed', error: errorOf(404) })],
      },
    ],
    [
      'unknown, with time left, as SuperOffice refused what may have been applied before',
      {
        calls: [transferCall(50, { status: 503 }), transferCall(100, { status: 409 })],
        results: [seenResult({ outcome: 'unknown', error: errorOf(409) })],
      },
    ],
    [
      'expired',
      {
        events: [soonOver],
        calls: [transferCall(100, { status: 429 })],
        sessionStates: [],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'superseded',
      {
        events: [sentEvent(), newer],
        results: [seenResult({ outcome: 'superseded' })],
        invocations: [invocation(['a', 'b'])],
      },
    ],
    ['pending, within the tolerance of its clock', { results: [seenResult({}, 51)] }],
    [
      'invalid',
      {
        events: [sentEvent({ isInvalid: true })],
        calls: [],
        results: [seenResult({ outcome: 'invalid-event' })],
      },
    ],
    [
      'unknown, as its call lost its answer',
      {
        events: [soonOver],
        calls: [transferCall(100, { status: undefined })],
        results: [seenResult({ outcome: 'unknown' })],
      },
    ],
  ])('takes for true: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toEqual([]);
  });
});

function errorOf(httpStatus: number) {
  return { code: `http-${httpStatus}`, message: 'SuperOffice refused.', httpStatus };
}
