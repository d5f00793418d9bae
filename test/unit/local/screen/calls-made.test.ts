import { describe, expect, it } from '@jest/globals';
import { callsMadeFor } from '../../../../local/screen/calls-made.ts';
import { receivedResult } from '../../../support/received-result.ts';

const sentAt = Date.now();
const result = receivedResult('transfer-pending', {
  toAssociate: 'Ann Fake',
  sentAt: new Date(sentAt).toISOString(),
  receiveCount: 2,
});
const at = sentAt - performance.timeOrigin + 5;
const session = '/Cust12345/api/v1/ChatSession/648';
const transfer = { at, route: 'transfer', method: 'POST', chatSessionId: 648 } as const;
const ours = { ...transfer, path: `${session}/TransferTo/Ann%20Fake` };
const look = { ...transfer, route: 'session', method: 'GET', path: session } as const;

describe('callsMadeFor', () => {
  it('lists the calls SuperOffice got, in order', () => {
    const calls = [{ ...ours, status: 503 }, { ...look, status: 200 }, ours];

    expect(callsMadeFor(result, calls)).toEqual(['POST 503', 'GET 200', 'POST –']);
  });

  it('leaves out what belongs to other events', () => {
    const calls = [
      { ...ours, chatSessionId: 649 },
      { ...ours, path: `${session}/TransferTo/ben` },
      { ...ours, at: at - 60_000 },
    ];

    expect(callsMadeFor(result, calls)).toEqual(['no call']);
  });

  it('takes no look at the chat for that of an event that was not tried', () => {
    const superseded = { ...result, outcome: 'superseded', receiveCount: 1 };

    expect(callsMadeFor(superseded, [look])).toEqual(['no call']);
    expect(callsMadeFor({ ...superseded, outcome: 'would-transfer' }, [look])).toEqual(['GET –']);
  });

  it('counts whom an offer asked next, and what it did with the queue', () => {
    const pickUp = { ...transfer, route: 'pickup', path: `${session}/Pickup` } as const;
    const next = { ...transfer, path: `${session}/TransferTo/ben` };
    const asked = { toAssociate: 'ben', askedAt: null, endedAt: null, answer: 'declined' };

    expect(callsMadeFor({ ...result, offers: [asked] }, [pickUp, ours, look, next])).toEqual([
      'POST –',
      'POST –',
      'GET –',
      'POST –',
    ]);
  });

  it('shows the last of many calls', () => {
    const calls = Array.from({ length: 6 }, (_, index) => ({ ...ours, status: 500 + index }));

    expect(callsMadeFor(result, calls)).toEqual([
      '…',
      'POST 502',
      'POST 503',
      'POST 504',
      'POST 505',
    ]);
  });
});
