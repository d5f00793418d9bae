import { describe, expect, it } from '@jest/globals';
import { receiveCarrier, toCarrier } from '../../../../functions/route-chat/carrier.ts';
import { receiveEvent } from '../../../../functions/route-chat/received-event.ts';
import { routeRequest, sqsRecord } from '../../../support/events.ts';
import { endsAt, running } from '../../../support/offers.ts';
import { roleId } from '../../../support/sandbox.ts';

const request = routeRequest({
  messageId: 'original',
  sequenceNumber: '5',
  ignoredFields: ['colour'],
  event: {
    chatSessionId: 648,
    toAssociate: '8',
    acceptWithinSeconds: 60,
    reason: 'é \uffff\ufffe \ud800',
  },
});
const { body, deduplicationId, messageGroupId } = toCarrier(request, running);

const received = (changes: { body?: string; SenderId?: string } = {}) =>
  sqsRecord({
    messageId: 'record',
    body: changes.body ?? body,
    attributes: {
      ApproximateReceiveCount: '3',
      SequenceNumber: '9',
      SenderId: changes.SenderId ?? `${roleId}:session`,
    },
  });

describe('receiveCarrier', () => {
  it('reads the event that made the offer, as it is, in the record of the carrier', () => {
    expect(receiveCarrier(received(), roleId)).toEqual({
      ...request,
      receiptHandle: 'receipt of record',
      receiveCount: 3,
      deadline: endsAt + 60_000,
      carrier: { recordId: 'record', sequenceNumber: '9', offer: running },
    });
  });

  it.each([
    ['another role', { SenderId: 'AROASOMEBODY:session' }],
    ['a role whose id begins alike', { SenderId: `${roleId}X:session` }],
    ['a user', { SenderId: 'AIDAROUTECHAT' }],
  ])('takes it for an event that breaks the schema where it comes of %s', (_, changes) => {
    const record = received(changes);

    expect(receiveCarrier(record, roleId)).toBeUndefined();
    expect(receiveEvent(record, 1_000)).toMatchObject({
      kind: 'invalid',
      messageId: 'record',
      error: { code: 'invalid-field' },
    });
  });

  it('knows one of a later version', () => {
    const later = body.replace('"version":1', '"version":2');

    expect(receiveCarrier(received({ body: later }), roleId)).toMatchObject({
      kind: 'later-carrier',
      messageId: 'record',
    });
  });

  it('leaves events to others, though the function itself sent them', () => {
    expect(receiveCarrier(received({ body: '{"chatSessionId":648}' }), roleId)).toBeUndefined();
  });
});

describe('toCarrier', () => {
  it('stays in the message group, with an id that the same step has again', () => {
    expect({ messageGroupId, deduplicationId }).toEqual({
      messageGroupId: '648',
      deduplicationId: 'original:100',
    });
    expect(toCarrier(request, { ...running, looks: 2 }).deduplicationId).toBe('original:102');
  });

  it('holds no character that SQS refuses', () => {
    expect(body).toMatch(/^[\u0020-\ud7ff\ue000-\ufffd]*$/);
  });
});
