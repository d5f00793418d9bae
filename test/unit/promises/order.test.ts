import { describe, expect, it } from '@jest/globals';
import { callsOutOfOrder, lateCalls } from '../../../promises/order.ts';
import { type RunRecord, realMachine, virtualTime } from '../../../promises/run-record.ts';
import { offerEvent } from '../../support/offer-records.ts';
import { keptRecord, seenResult, sentEvent, transferCall } from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

const newer = sentEvent({ messageId: 'b', target: '09', associateId: 9 });
const newerCall = (milliseconds: number) => transferCall(milliseconds, { target: '09' });

/** The newer one's result, and a call for the older one so much later. */
const calledAfterResult = (
  milliseconds: number,
  outcome = 'transfer-pending',
): Partial<RunRecord> => ({
  events: [sentEvent(), newer],
  results: [seenResult({ eventMessageId: 'b', outcome }, 100)],
  calls: [transferCall(100 + milliseconds)],
});

describe('callsOutOfOrder', () => {
  it.each<Row>([
    [
      'an older wish before a newer one',
      { events: [sentEvent(), newer], calls: [transferCall(), newerCall(150)] },
      0,
    ],
    [
      'an older wish after a newer one',
      { events: [sentEvent(), newer], calls: [newerCall(50), transferCall(), transferCall(200)] },
      2,
    ],
    [
      'an older wish after a newer one of another group',
      {
        events: [sentEvent(), { ...newer, groupId: 'desk' }],
        calls: [newerCall(50), transferCall()],
      },
      0,
    ],
    [
      'an older wish after a newer one for another chat',
      {
        events: [sentEvent(), { ...newer, chatSessionId: 649 }],
        calls: [transferCall(50, { target: '09', chatSessionId: 649 }), transferCall()],
      },
      0,
    ],
    [
      'an older wish after a newer one that is a dry run',
      {
        events: [sentEvent(), { ...newer, isDryRun: true }],
        calls: [newerCall(50), transferCall()],
      },
      0,
    ],
    [
      'an older wish after a newer one that yields',
      { events: [sentEvent(), { ...newer, yields: true }], calls: [newerCall(50), transferCall()] },
      0,
    ],
    [
      'an older wish that yields after a newer one that yields too',
      {
        events: [sentEvent({ yields: true }), { ...newer, yields: true }],
        calls: [newerCall(50), transferCall()],
      },
      1,
    ],
    ['an older wish after a newer one was told pending', calledAfterResult(51), 1],
    ['an older wish after a newer one was told assigned', calledAfterResult(51, 'assigned'), 1],
    ['an older wish when a newer one may just have been told', calledAfterResult(50), 0],
    ['an older wish after a newer one had failed', calledAfterResult(51, 'failed'), 0],
    [
      'an older wish after another one was told pending',
      { ...calledAfterResult(51), results: [seenResult({ eventMessageId: 'c' }, 100)] },
      0,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(callsOutOfOrder(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('lateCalls', () => {
  const calledAfter = (milliseconds: number, tolerances = virtualTime): Partial<RunRecord> => ({
    events: [sentEvent({ timeToLiveMs: 1_000 })],
    calls: [transferCall(milliseconds)],
    tolerances,
  });

  it.each<Row>([
    ['a call before its deadline', calledAfter(999), 0],
    ['a call at its deadline', calledAfter(1_000), 1],
    [
      'the next call of an offer',
      {
        ...calledAfter(2_000),
        events: [offerEvent],
        calls: [transferCall(400_000, { target: '9' })],
      },
      0,
    ],
    ['a call that may still have been on its way', calledAfter(1_499, realMachine), 0],
    ['a call that cannot have been on its way for so long', calledAfter(1_500, realMachine), 1],
  ])('judges %s', (_, changes, breaches) => {
    expect(lateCalls(keptRecord(changes))).toHaveLength(breaches);
  });
});
