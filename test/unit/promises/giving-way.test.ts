import { describe, expect, it } from '@jest/globals';
import { gaveWayToOlder } from '../../../promises/giving-way.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import {
  at,
  invocation,
  keptRecord,
  seenResult,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

const lookCall = (milliseconds: number, status = 200, fault?: string) =>
  transferCall(milliseconds, { route: 'session', target: undefined, status, fault });
const look = (milliseconds: number, pending: number | null) =>
  sessionState(
    { pending },
    { at: at(milliseconds), by: 'look', target: undefined, applied: false },
  );
const byHand = (milliseconds: number, pending: number) =>
  sessionState({ pending }, { at: at(milliseconds), by: 'person', target: undefined });

/** The event's call failed at 20 ms; its last look, at 120 ms, found associate 9 asked. */
const gaveWay = (changes: Partial<RunRecord>): RunRecord =>
  keptRecord({
    invocations: [{ ...invocation(['a']), startedAt: at(10) }],
    calls: [transferCall(20, { status: 503 }), lookCall(120)],
    sessionStates: [byHand(0, 9), look(120, 9)],
    results: [seenResult({ outcome: 'not-applied', cause: 'other-transfer-pending' })],
    ...changes,
  });

describe('gaveWayToOlder', () => {
  it.each<[string, Partial<RunRecord>, number]>([
    ['to whom was asked before its first call', {}, 1],
    [
      'to whom was asked before its first look',
      { sessionStates: [byHand(50, 9), look(120, 9)] },
      1,
    ],
    [
      'to whom was asked between two looks of its own',
      {
        calls: [transferCall(20, { status: 503 }), lookCall(40), lookCall(120)],
        sessionStates: [look(40, null), byHand(50, 9), look(120, 9)],
      },
      0,
    ],
    [
      'to whom was asked after a look of somebody else',
      {
        calls: [lookCall(5), transferCall(20, { status: 503 }), lookCall(120)],
        sessionStates: [look(5, null), byHand(50, 9), look(120, 9)],
      },
      1,
    ],
    [
      'to whom was asked after a look that failed',
      {
        calls: [transferCall(20, { status: 503 }), lookCall(40, 503), lookCall(120)],
        sessionStates: [byHand(50, 9), look(120, 9)],
      },
      1,
    ],
    [
      'to whom was asked after its own sign had been shown',
      { sessionStates: [sessionState({}, { at: at(20) }), byHand(50, 9), look(120, 9)] },
      0,
    ],
    [
      'as SuperOffice said to its own transfer',
      {
        calls: [transferCall(20, { status: 200 })],
        sessionStates: [byHand(0, 9), sessionState({ pending: 9 }, { at: at(25), applied: false })],
      },
      0,
    ],
    [
      'to whom was asked all along, though one look was shown no session',
      {
        calls: [transferCall(20, { status: 503 }), lookCall(40, 200, 'null'), lookCall(120)],
        sessionStates: [byHand(50, 9), look(120, 9)],
      },
      1,
    ],
    [
      'at its deadline',
      {
        results: [seenResult({ outcome: 'not-applied', cause: 'other-transfer-pending' }, 300_000)],
      },
      0,
    ],
    ['for another cause', { results: [seenResult({ outcome: 'not-applied', cause: 'ended' })] }, 0],
  ])('judges what gave way %s', (_, changes, breaches) => {
    expect(gaveWayToOlder(gaveWay(changes))).toHaveLength(breaches);
  });
});
