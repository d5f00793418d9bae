import { describe, expect, it } from '@jest/globals';
import { gaveWayToOlder } from '../../../promises/giving-way.ts';
import type { RunRecord, SuperOfficeCall } from '../../../promises/run-record.ts';
import {
  at,
  invocation,
  keptRecord,
  lookCall,
  looked,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

const look = (milliseconds: number, pending: number | null) => looked(milliseconds, { pending });
const byHand = (milliseconds: number, pending: number | null) =>
  sessionState({ pending }, { at: at(milliseconds), by: 'person', target: undefined });
const working = (from: number, to: number) => ({
  ...invocation(['a']),
  startedAt: at(from),
  endedAt: at(to),
});
const otherPending = { outcome: 'not-applied', cause: 'other-transfer-pending' } as const;
/** Associate 9 is asked at 50 ms, and nobody before; the last look finds that. */
const askedAt50 = [byHand(0, null), byHand(50, 9), look(120, 9)];
/** The event's calls, with what it has looked at before. */
const withCalls = (...calls: SuperOfficeCall[]) => [
  transferCall(20, { status: 503 }),
  ...calls,
  lookCall(120),
];

/** The event's call failed at 20 ms; its last look, at 120 ms, found associate 9 asked. */
const gaveWay = (changes: Partial<RunRecord>): RunRecord =>
  keptRecord({
    invocations: [working(10, 200)],
    calls: withCalls(),
    sessionStates: [byHand(0, 9), look(120, 9)],
    results: [seenResult(otherPending)],
    ...changes,
  });

describe('gaveWayToOlder', () => {
  it.each<[string, Partial<RunRecord>]>([
    ['before its first call', {}],
    ['before its first look', { sessionStates: askedAt50 }],
    [
      'after a look of somebody else, before it came',
      { calls: [lookCall(5), ...withCalls()], sessionStates: [look(5, null), ...askedAt50] },
    ],
    [
      'after a look of somebody else, between its invocations',
      {
        invocations: [working(10, 30), working(100, 200)],
        calls: withCalls(lookCall(40)),
        sessionStates: askedAt50,
      },
    ],
    [
      'after a look that failed',
      { calls: withCalls(lookCall(40, { status: 503 })), sessionStates: askedAt50 },
    ],
    [
      'after a look that was shown no session',
      { calls: withCalls(lookCall(40, { fault: 'null' })), sessionStates: askedAt50 },
    ],
    [
      "after another event's call",
      { calls: withCalls(transferCall(40, { target: '010' })), sessionStates: askedAt50 },
    ],
    [
      'after its own call that took no effect',
      {
        sessionStates: [
          byHand(0, null),
          sessionState({ pending: null }, { at: at(20), applied: false }),
          byHand(50, 9),
          look(120, 9),
        ],
      },
    ],
    [
      'after its target, by hand, which no look has shown',
      { sessionStates: [byHand(0, null), byHand(30, 8), byHand(50, 9), look(120, 9)] },
    ],
    [
      'after its target, which was shown to somebody else before it came',
      { sessionStates: [look(5, 8), byHand(50, 9), look(120, 9)] },
    ],
    [
      'all along, until some time after it gave way',
      { sessionStates: [byHand(0, 9), look(120, 9), look(201, null)] },
    ],
    [
      'all along, until somebody else was by hand, after its last look',
      { sessionStates: [byHand(0, 9), look(120, 9), byHand(130, 10)] },
    ],
    [
      'all along, and its own call took after it gave way',
      { calls: [...withCalls(), transferCall(201)] },
    ],
    [
      'by nobody, as far as its last look was shown a session',
      { sessionStates: [byHand(0, 9), sessionState({}, { ...look(120, 9), session: null })] },
    ],
    ['… and no look at all was seen', { sessionStates: [] }],
    ['all along, until just before its deadline', { results: [seenResult(otherPending, 299_949)] }],
  ])('finds who gave way to somebody asked %s', (_, changes) => {
    expect(gaveWayToOlder(gaveWay(changes))).toHaveLength(1);
  });

  it.each<[string, Partial<RunRecord>]>([
    [
      'to whom was asked between two looks of its own',
      {
        calls: withCalls(lookCall(40)),
        sessionStates: [byHand(0, null), look(40, null), byHand(50, 9), look(120, 9)],
      },
    ],
    [
      'to whom was asked in the moment of its first look, when its invocation began and ended',
      {
        invocations: [working(50, 50), working(100, 200)],
        calls: withCalls(lookCall(50)),
        sessionStates: askedAt50,
      },
    ],
    [
      'to whom was asked as its last look told a moment later',
      {
        calls: withCalls(lookCall(40)),
        sessionStates: [look(40, null), byHand(50, 9), look(200, 9)],
      },
    ],
    [
      'to whom was asked between two looks, and somebody else after the last',
      {
        calls: withCalls(lookCall(40)),
        sessionStates: [look(40, null), byHand(50, 9), look(120, 9), byHand(130, 10)],
      },
    ],
    [
      'to whom was asked in a chat that had not been there',
      {
        calls: withCalls(lookCall(40)),
        sessionStates: [
          sessionState({}, { ...look(40, null), session: null }),
          ...askedAt50.slice(1),
        ],
      },
    ],
    [
      'to whom was asked after its own sign had been shown',
      { sessionStates: [sessionState({}, { at: at(20) }), byHand(50, 9), look(120, 9)] },
    ],
    [
      'as SuperOffice said to its own transfer',
      {
        calls: [transferCall(20, { status: 200 })],
        sessionStates: [byHand(0, 9), sessionState({ pending: 9 }, { at: at(25), applied: false })],
      },
    ],
    ['as SuperOffice said a moment later', { calls: [transferCall(200, { status: 200 })] }],
    ['at its deadline', { results: [seenResult(otherPending, 299_950)] }],
    ['for another cause', { results: [seenResult({ outcome: 'not-applied', cause: 'ended' })] }],
    ['as a dry run', { events: [sentEvent({ isDryRun: true })] }],
    ['as it yields', { events: [sentEvent({ yields: true })] }],
  ])('is silent about what gave way %s', (_, changes) => {
    expect(gaveWayToOlder(gaveWay(changes))).toEqual([]);
  });
});
