import { describe, expect, it } from '@jest/globals';
import { lineOf, toDeadLetter } from '../../../../cli/dead-letters/letters.ts';
import { toCarrier } from '../../../../functions/route-chat/carrier.ts';
import { newOffer } from '../../../../functions/route-chat/offer.ts';
import {
  type RouteRequest,
  receiveEvent,
} from '../../../../functions/route-chat/received-event.ts';
import { sqsRecord } from '../../../support/events.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const message = (body: unknown, minutes = 10) => ({
  MessageId: 'id-1',
  Body: typeof body === 'string' ? body : JSON.stringify(body),
  Attributes: {
    SentTimestamp: String(now - minutes * 60_000),
    ApproximateReceiveCount: '201',
  },
});
const event = {
  chatSessionId: 648,
  toAssociate: 8,
  source: 'escalation',
  requestId: 'case-17',
  reason: 'the customer is Given Family',
};

/** As the function itself writes it, from what it has read. */
function carrierOf(body: object): string {
  const record = sqsRecord({ messageId: 'offer-1', body });
  const request = receiveEvent(record, 300_000) as RouteRequest;
  return toCarrier(request, newOffer(request.event)).body;
}

describe('lineOf', () => {
  it.each([
    [
      message(event),
      'Chat 648 for associate 8, sent 10 min ago, by escalation, as case-17, received 201 times (id-1)',
    ],
    [
      message({ chatSessionId: 648, toAssociate: 'ben' }, 180),
      'Chat 648 for ben, sent 3 h ago, received 201 times (id-1)',
    ],
    [
      message({ chatSessionId: 648 }, 3 * 1_440),
      'Chat 648 for nobody that can be read, sent 3 days ago, received 201 times, no event: toAssociate',
    ],
    [
      message(carrierOf({ ...event, acceptWithinSeconds: 60, expiresAt: '2026-11-24T12:00:00Z' })),
      'Chat 648 for associate 8, sent 10 min ago, by escalation, as case-17, received 201 times (offer-1)',
    ],
    [message('{"carrier":{}}'), 'An unknown chat for nobody that can be read, sent 10 min ago'],
    [message('{"carrier":null}'), 'An unknown chat for nobody that can be read, sent 10 min ago'],
    [message('{'), 'An unknown chat for nobody that can be read, sent 10 min ago, received 201'],
    [
      { MessageId: 'id-1', Body: '{}' },
      'An unknown chat for nobody that can be read, received 0 times, no event: ',
    ],
  ])('says a dead letter in words', (given, says) => {
    const line = lineOf(toDeadLetter(given), now);

    expect(line.startsWith(says) || line === says).toBe(true);
    expect(line).not.toContain('Family');
  });
});
