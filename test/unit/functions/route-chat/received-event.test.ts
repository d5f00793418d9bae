import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { receiveEvent } from '../../../../functions/route-chat/received-event.ts';
import { sqsRecord } from '../../../support/events.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

const timeToLiveMs = 300_000;
const receive = (given: Parameters<typeof sqsRecord>[0]) =>
  receiveEvent(sqsRecord(given), timeToLiveMs);
const deadlineOf = (fields: Record<string, unknown>) => {
  const received = receive({ body: { chatSessionId: 648, toAssociate: 8, ...fields } });
  return received.kind === 'request' ? received.deadline - startOfTime : received.error.message;
};
const at = (ms: number) => new Date(startOfTime + ms).toISOString();

describe('receiveEvent', () => {
  it('reads what SQS says of a message, typed', () => {
    const received = receive({
      messageId: 'm',
      attributes: {
        ApproximateReceiveCount: '3',
        SentTimestamp: '1000',
        ApproximateFirstReceiveTimestamp: '2000',
        SequenceNumber: '18849496460467696128',
        MessageGroupId: 'g',
      },
    });

    expect(received).toMatchObject({
      kind: 'request',
      messageId: 'm',
      receiptHandle: 'receipt of m',
      messageGroupId: 'g',
      sequenceNumber: '18849496460467696128',
      receiveCount: 3,
      sentAt: 1_000,
      firstReceivedAt: 2_000,
    });
  });

  it('does without what only a FIFO queue says', () => {
    expect(
      receive({
        messageId: 'm',
        attributes: { SequenceNumber: undefined, MessageGroupId: undefined },
      }),
    ).toMatchObject({ messageGroupId: 'm', sequenceNumber: null });
  });

  it.each([
    ['the time to live', {}, 300_000],
    ['a sooner expiresAt', { expiresAt: at(60_000) }, 60_000],
    ['no later expiresAt', { expiresAt: at(600_000) }, 300_000],
    ['an expiresAt that has passed', { expiresAt: at(-1) }, -1],
    ['a sooner expiresInSeconds', { expiresInSeconds: 60 }, 60_000],
    ['no later expiresInSeconds', { expiresInSeconds: 43_200 }, 300_000],
  ])('goes by %s', (_, fields, deadline) => {
    expect(deadlineOf(fields)).toBe(deadline);
  });

  it('keeps of an invalid event what is valid, and says what is wrong', () => {
    expect(receive({ body: { chatSessionId: 0, toAssociate: 8, tpyo: 1 } })).toMatchObject({
      kind: 'invalid',
      event: { toAssociate: '8' },
      ignoredFields: ['tpyo'],
      error: {
        code: 'invalid-field',
        httpStatus: null,
        message: expect.stringMatching(/^chatSessionId/),
      },
    });
    expect(receive({ body: 'no JSON' })).toMatchObject({
      kind: 'invalid',
      error: { code: 'invalid-json' },
    });
  });

  it('never throws, whatever the body holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
        expect(['request', 'invalid']).toContain(receive({ body }).kind);
      }),
    );
  });
});
