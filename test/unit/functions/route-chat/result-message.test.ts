import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toConclusion } from '../../../../functions/route-chat/decide.ts';
import { toResult } from '../../../../functions/route-chat/result-message.ts';
import { ann, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { conclusions, requests } from '../../../support/conclusions.ts';
import { invalidEvent, routeRequest } from '../../../support/events.ts';
import { running } from '../../../support/offers.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

/** What SQS carries, by SendMessage's own words. */
const carriedBySqs = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

describe('toResult', () => {
  it('says what became of the event, field by field', () => {
    const request = routeRequest({
      event: {
        chatSessionId: 648,
        toAssociate: 'ann',
        requestId: 'esc-1',
        source: 's',
        reason: 'r',
      },
      ignoredFields: ['tpyo'],
      receiveCount: 2,
    });
    const session = chatSession({ transferTo: ann });
    const conclusion = {
      ...toConclusion({ outcome: 'transfer-pending', session }),
      actingAs: router,
    };

    expect(toResult(request, conclusion, startOfTime + 480)).toEqual({
      version: 1,
      requestId: 'esc-1',
      eventMessageId: 'message-1',
      eventSequenceNumber: '18849496460467696128',
      chatSessionId: 648,
      toAssociate: 'ann',
      outcome: 'transfer-pending',
      cause: null,
      sessionStatus: 'CustomerLast',
      session: {
        chatSessionId: 648,
        topicId: 3,
        user: { associateId: 7, ejUserId: 107, name: 'router' },
        transferTo: { associateId: 8, ejUserId: 108, name: 'ANN' },
        chatbotIsActive: false,
        whenRequested: '2026-11-22T08:00:00.000Z',
        whenStarted: '2026-11-22T08:01:00.000Z',
        whenEnded: null,
        whenIdle: '2026-11-22T08:02:00.000Z',
      },
      actingAs: { associateId: 7, ejUserId: 107, name: 'router' },
      error: null,
      source: 's',
      reason: 'r',
      ignoredFields: ['tpyo'],
      receiveCount: 2,
      sentAt: '2026-11-22T08:05:00.000Z',
      completedAt: '2026-11-22T08:05:00.480Z',
    });
  });

  it.each([
    ['no', false],
    ['perhaps', true],
    ['yes', true],
  ] as const)(
    'says whether the chat was picked up, where it may have been, too: %s',
    (pickedUp, says) => {
      const event = { chatSessionId: 648, toAssociate: '8', acceptWithinSeconds: 60, pickUp: true };
      const conclusion = {
        ...toConclusion({ outcome: 'unknown' }),
        offer: { ...running, pickedUp },
      };

      expect(toResult(routeRequest({ event }), conclusion, startOfTime)).toMatchObject({
        pickedUp: says,
      });
    },
  );

  it('goes by the message id where the event has no request id', () => {
    expect(
      toResult(routeRequest(), toConclusion({ outcome: 'expired' }), startOfTime).requestId,
    ).toBe('message-1');
  });

  it('has nulls for what an invalid event does not say, and its request id where it does', () => {
    const event = invalidEvent({ event: { requestId: 'esc-1' } });

    expect(
      toResult(event, toConclusion({ outcome: 'invalid-event', error: event.error }), startOfTime),
    ).toMatchObject({
      requestId: 'esc-1',
      chatSessionId: null,
      toAssociate: null,
      session: null,
      sessionStatus: null,
      error: event.error,
    });
  });

  it.each([
    '\u0000',
    '\u0008',
    '\u000b',
    '\u000c',
    '\u001f',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udfff',
  ])('replaces %j, which SQS does not carry', (character) => {
    const text = `a${character}b`;
    const named = { ...ann, name: text };
    const request = routeRequest({
      event: { chatSessionId: 648, toAssociate: text, source: text, reason: text },
      ignoredFields: [text],
    });
    const session = chatSession({ status: text, user: named, transferTo: named });
    const error = { code: 'timeout', message: text, httpStatus: null };

    const result = toResult(
      request,
      { ...toConclusion({ outcome: 'failed', error, session }), actingAs: named },
      0,
    );

    expect(textsOf(result).filter((found) => found === 'a\ufffdb')).toHaveLength(9);
  });

  it.each(['\t', '\n', '\r', ' ', '\u007f', '\u0085', '\ufffd', '𝒜'])(
    'keeps %j, which it does',
    (character) => {
      const request = routeRequest({
        event: { chatSessionId: 1, toAssociate: '8', reason: character },
      });

      expect(toResult(request, toConclusion({ outcome: 'expired' }), 0).reason).toBe(character);
    },
  );

  it('holds nothing that SQS does not carry, and never a user name', () => {
    fc.assert(
      fc.property(requests, conclusions, (request, conclusion) => {
        const result = toResult(request, conclusion, startOfTime);
        for (const text of textsOf(result)) expect(text).toMatch(carriedBySqs);
        expect(JSON.stringify(result)).not.toMatch(/secret\.user|userName/);
      }),
    );
  });
});
