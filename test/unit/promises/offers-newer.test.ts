import { describe, expect, it } from '@jest/globals';
import { asksAfterNewer } from '../../../promises/offers.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import { history, offerEvent } from '../../support/offer-records.ts';
import {
  at,
  invocation,
  keptRecord,
  seenResult,
  sentEvent,
  transferCall,
} from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

const newer = sentEvent({ messageId: 'b', target: '010', associateId: 10 });
const told = (milliseconds: number, outcome = 'transfer-pending') => ({
  results: [
    seenResult({ eventMessageId: 'z', outcome: 'expired' }, 3_000),
    seenResult({ eventMessageId: 'b', outcome }, milliseconds),
  ],
});
const atWork = (from: number, to: number, sandbox: string, ...messageIds: string[]) => ({
  ...invocation(messageIds),
  startedAt: at(from),
  endedAt: at(to),
  sandbox,
});
const inOneBatch = atWork(5_000, 7_000, 'one', 'carrier', 'b');
const alone = { ...inOneBatch, messageIds: ['b'] };
const later = atWork(9_000, 11_000, 'two', 'carrier');
const unseen = ({ sandbox: _, ...seen }: typeof later) => seen;

/** Sandbox two asks associate 9 at 10 s: by its record in a batch with what was told at 6 s. */
const asksAt10 = {
  ...history(),
  calls: [transferCall(0), transferCall(10_000, { target: '9', sandbox: 'two' })],
  events: [offerEvent, newer],
  carriers: { carrier: 'a', second: 'a' },
  invocations: [inOneBatch, later],
  ...told(6_000),
};

describe('asksAfterNewer', () => {
  it.each<Row>([
    ['a record that was in a batch with it', {}, 1],
    ['a record that is', { invocations: [atWork(9_000, 11_000, 'two', 'carrier', 'b')] }, 1],
    [
      'records of which one was',
      { invocations: [inOneBatch, { ...later, messageIds: ['second', 'carrier'] }] },
      1,
    ],
    [
      'a record that was until that moment',
      {
        invocations: [
          atWork(5_000, 10_000, 'one', 'carrier', 'b'),
          atWork(10_000, 10_000, 'two', 'carrier'),
        ],
      },
      1,
    ],
    [
      'a sandbox that has had the newer one',
      { invocations: [{ ...alone, sandbox: 'two' }, later] },
      1,
    ],
    ['a sandbox that knows of none', { invocations: [alone, later] }, 0],
    ['nobody knows which record', { invocations: [alone] }, 0],
    [
      'a record whose batch with it is still at work',
      { invocations: [later, atWork(5_000, 10_500, 'one', 'carrier', 'b')] },
      0,
    ],
    [
      'another record of the offer than the one that was in a batch with it',
      {
        invocations: [
          inOneBatch,
          atWork(8_000, 8_500, 'two', 'carrier'),
          atWork(9_000, 11_000, 'three', 'carrier'),
          atWork(11_500, 12_000, 'two', 'carrier'),
          { ...later, messageIds: ['second'] },
        ],
      },
      0,
    ],
    [
      'a record that was in a batch with another chat’s, and that with the newer one',
      {
        invocations: [
          { ...inOneBatch, messageIds: ['other', 'b'] },
          { ...later, messageIds: ['carrier', 'other'] },
        ],
      },
      0,
    ],
    [
      'one of sandboxes that nobody tells apart',
      {
        calls: asksAt10.calls.map((call) => ({ ...call, sandbox: undefined })),
        invocations: [alone, later].map(unseen),
      },
      0,
    ],
    [
      'a death before the older one was deleted',
      { invocations: [{ ...inOneBatch, failure: 'killed' }, later] },
      0,
    ],
    ['an older one', { events: [newer, offerEvent] }, 0],
    ['a newer one of another group', { events: [offerEvent, { ...newer, groupId: 'desk' }] }, 0],
    ['a newer one that is invalid', { events: [offerEvent, { ...newer, isInvalid: true }] }, 0],
    ['a newer one that is a dry run', { events: [offerEvent, { ...newer, isDryRun: true }] }, 0],
    ['a newer one that yields', { events: [offerEvent, { ...newer, yields: true }] }, 0],
    ['a newer one that was never told', { results: [] }, 0],
    ['a newer one that is told in that moment', told(10_000), 0],
    ['a newer one that expired', told(6_000, 'expired'), 0],
    ['a newer one that was superseded', told(6_000, 'superseded'), 0],
  ])('judges a call by %s', (_, changes, breaches) => {
    expect(asksAfterNewer(keptRecord({ ...asksAt10, ...changes }))).toHaveLength(breaches);
  });
});
