import type { SQSRecord } from 'aws-lambda';
import type { RouteChatEvent } from '../../contract/event.ts';
import type { CarrierMessage } from '../../functions/route-chat/carrier.ts';
import { sqsRecord } from './events.ts';
import { roleId } from './sandbox.ts';

let sequence = 1_000;

/** An offer to ann, then to ben, later in its chat's group than every one made before it. */
export const offerEvent = (messageId: string, fields: Partial<RouteChatEvent> = {}): SQSRecord =>
  sqsRecord({
    messageId,
    body: {
      chatSessionId: 648,
      toAssociate: 8,
      acceptWithinSeconds: 60,
      fallbackAssociates: [9],
      ...fields,
    },
    attributes: { SequenceNumber: String(++sequence) },
  });

/** A carrier as it comes out of the queue that it was sent to. */
export const carrierRecord = (message: CarrierMessage | undefined, receiveCount = 1): SQSRecord => {
  if (!message) throw new Error('No carrier was sent.');
  return sqsRecord({
    messageId: `carrier ${message.deduplicationId}`,
    body: message.body,
    attributes: {
      SenderId: `${roleId}:session`,
      MessageGroupId: message.messageGroupId,
      SequenceNumber: String(++sequence),
      ApproximateReceiveCount: String(receiveCount),
    },
  });
};
