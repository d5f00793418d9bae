import { describe, expect, it } from '@jest/globals';
import {
  deadLetters,
  lostEvents,
  repeatedResults,
  unreadableResults,
} from '../../../promises/delivery.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import { invocation, keptRecord, seenResult } from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

describe('lostEvents', () => {
  it.each<Row>([
    ['an event with a result', {}, 0],
    ['an event without one', { results: [] }, 1],
    ['a dead letter without one', { results: [], deadLetters: ['a'] }, 1],
    ['an event that has its result and waits for ever', { waiting: 1 }, 1],
    ['an event that waits for its result for ever', { results: [], waiting: 1 }, 1],
  ])('judges %s', (_, changes, breaches) => {
    expect(lostEvents(keptRecord(changes))).toHaveLength(breaches);
  });

  it('tells a loss from a run that gave up waiting', () => {
    expect(lostEvents(keptRecord({ results: [], waiting: 3 }))).toEqual([
      { messageId: 'a', says: 'has no result, and the run gave up waiting' },
      { says: '2 events with a result were still on their queue' },
    ]);
  });
});

describe('repeatedResults', () => {
  it.each<Row>([
    ['one result', {}, 0],
    ['two at once', { results: [seenResult(), seenResult()] }, 1],
    [
      'two at once, of an event that saw a death',
      { results: [seenResult(), seenResult()], kills: 1 },
      1,
    ],
    ['two, five minutes apart', { results: [seenResult(), seenResult({}, 300_150)] }, 1],
    [
      'two, five minutes apart, where a sandbox died',
      { results: [seenResult(), seenResult({}, 300_150)], kills: 1 },
      0,
    ],
    [
      'a third, soon after a second that came five minutes later',
      { results: [0, 300_150, 301_000].map((later) => seenResult({}, later)), kills: 1 },
      1,
    ],
    [
      'three, each five minutes after the one before',
      { results: [0, 300_000, 600_000].map((later) => seenResult({}, later)), kills: 1 },
      0,
    ],
    ['one each of two events', { results: [seenResult(), seenResult({ eventMessageId: 'b' })] }, 0],
  ])('judges %s', (_, changes, breaches) => {
    expect(repeatedResults(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('deadLetters', () => {
  const deaths = [invocation(['a'], 'killed'), invocation(['a', 'b'], 'killed')];

  it.each<Row>([
    ['none', {}, 0],
    ['one that nobody died of', { deadLetters: ['a'] }, 1],
    [
      'one that killed the function often enough',
      { deadLetters: ['a'], invocations: deaths, maxReceiveCount: 2 },
      0,
    ],
    [
      'one that killed it less often',
      { deadLetters: ['b'], invocations: deaths, maxReceiveCount: 2 },
      1,
    ],
    [
      'one that others killed it with',
      { deadLetters: ['b'], invocations: [...deaths, invocation(['b'])], maxReceiveCount: 2 },
      1,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(deadLetters(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('unreadableResults', () => {
  it.each<Row>([
    ['nothing but results', {}, 0],
    ['a message that is none', { unreadable: ['Not a route chat result'] }, 1],
  ])('judges %s', (_, changes, breaches) => {
    expect(unreadableResults(keptRecord(changes))).toHaveLength(breaches);
  });
});
