import { describe, expect, it } from '@jest/globals';
import { createLedger } from '../../../../local/session/ledger.ts';
import { receivedResult } from '../../../support/received-result.ts';

const event = (messageId: string) => ({ messageId, body: '{}' });
const resultOf = (eventMessageId: string) => receivedResult('transfer-pending', { eventMessageId });

describe('createLedger', () => {
  it('counts events without a result as lost', () => {
    const ledger = createLedger();
    ledger.noteSent(event('a'));
    ledger.noteSent(event('b'));

    ledger.noteResult(resultOf('a'));

    expect(ledger.missing()).toEqual([event('b')]);
    expect(ledger.hasResult('a')).toBe(true);
    expect(ledger.outcomes()).toEqual(['transfer-pending']);
    expect(ledger.totals()).toEqual({
      events: 2,
      notTaken: 0,
      results: 1,
      lost: 1,
      twice: 0,
      elsewhere: 0,
    });
  });

  it('counts what SQS refused apart from the events, which alone can be lost', () => {
    const ledger = createLedger();
    ledger.noteSent(event('a'));

    ledger.noteNotTaken();

    expect(ledger.totals()).toMatchObject({ events: 1, notTaken: 1, lost: 1 });
  });

  it('takes a result that is heard of before SQS has confirmed its event', () => {
    const ledger = createLedger();

    ledger.noteResult(resultOf('a'));
    ledger.noteSent(event('a'));

    expect(ledger.totals()).toMatchObject({
      events: 1,
      results: 1,
      lost: 0,
      twice: 0,
      elsewhere: 0,
    });
  });

  it('tells a second result of an event', () => {
    const ledger = createLedger();
    ledger.noteSent(event('a'));

    const entries = [ledger.noteResult(resultOf('a')), ledger.noteResult(resultOf('a'))];

    expect(entries).toEqual(['first', 'again']);
    expect(ledger.totals()).toMatchObject({ results: 2, lost: 0, twice: 1 });
  });

  it('counts apart what somebody else sent', () => {
    const ledger = createLedger();

    ledger.noteResult(resultOf('theirs'));

    expect(ledger.totals()).toMatchObject({
      events: 0,
      results: 0,
      lost: 0,
      twice: 0,
      elsewhere: 1,
    });
    expect(ledger.outcomes()).toEqual([]);
  });
});
