import { describe, expect, it } from '@jest/globals';
import { looksBeyondSchedule, offersThatEndLate } from '../../../promises/offer-schedule.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import {
  asked,
  ended,
  entry,
  history,
  lookStep,
  notAsked,
  offerEvent,
} from '../../support/offer-records.ts';
import { keptRecord, seenResult, sentEvent, transferCall } from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

/** Where nobody looks whether an offer keeps its schedule, as other things explain it. */
const disturbances = (record: Partial<RunRecord>): Row[] => [
  ['where something went wrong', { ...record, isCalm: false }, 0],
  ['where a sandbox died', { ...record, kills: 1 }, 0],
  [
    'where a call failed',
    { ...record, calls: [...(record.calls ?? []), transferCall(0, { status: 503 })] },
    0,
  ],
  [
    'where a call met a fault',
    { ...record, calls: [...(record.calls ?? []), transferCall(0, { fault: 'slow' })] },
    0,
  ],
  [
    'where the chat has another event',
    { ...record, events: [offerEvent, sentEvent({ messageId: 'b', target: '09' })] },
    0,
  ],
];

const first = entry('unanswered', 1, 30_001);
const looks = (count: number) => ({
  ...history(
    asked(0, '8'),
    ...Array.from({ length: count }, (_, index) => lookStep(1_000 * (index + 1), {})),
  ),
  ...ended('unanswered', first),
  isCalm: true,
});

describe('looksBeyondSchedule', () => {
  it.each([
    [20_000, 4],
    [25_000, 4],
    [30_000, 5],
    [90_000, 7],
  ])('lets an offer of %i ms make %i looks', (acceptWithinMs, most) => {
    const offer = { targets: ['8'], associateIds: [8], acceptWithinMs };
    const judged = (count: number) =>
      looksBeyondSchedule(keptRecord({ ...looks(count), events: [sentEvent({ offer })] }));

    expect(judged(most)).toEqual([]);
    expect(judged(most + 1)).toHaveLength(1);
  });

  it.each<Row>([
    [
      'to each who was asked',
      { ...looks(8), ...ended('unanswered', first, entry('unanswered', 30_001, 60_001, '9')) },
      0,
    ],
    [
      'to none who was not',
      { ...looks(6), ...ended('unanswered', first, notAsked('not-applied')) },
      1,
    ],
    ['to nobody', { ...looks(3), results: [seenResult({ outcome: 'expired' })] }, 1],
    ['to an offer without a result', { ...looks(6), results: [] }, 0],
    ['to an event that is no offer', { ...looks(6), events: [sentEvent()] }, 0],
    ...disturbances(looks(6)),
  ])('grants them %s', (_, changes, breaches) => {
    expect(looksBeyondSchedule(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('offersThatEndLate', () => {
  const endsAt = (milliseconds: number, answer = 'unanswered') => ({
    ...history(asked(0, '8'), lookStep(milliseconds, {})),
    ...ended(answer, entry(answer, 0, milliseconds)),
    isCalm: true,
  });

  it.each<Row>([
    ['that ends in time', endsAt(34_900), 0],
    ['that ends as late as can be told', endsAt(37_500), 0],
    ['that ends later', endsAt(37_501), 1],
    ['that something else ends', endsAt(37_501, 'withdrawn'), 0],
    ['that asked nobody', { ...endsAt(37_501), results: [seenResult({ outcome: 'expired' })] }, 0],
    ...disturbances(endsAt(37_501)),
  ])('judges an offer %s', (_, changes, breaches) => {
    expect(offersThatEndLate(keptRecord(changes))).toHaveLength(breaches);
  });
});
