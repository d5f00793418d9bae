import { accountId } from '../aws-account.ts';
import { toReceiptHandle } from './receipt-handle.ts';

/** As in the API: exactly one of the two values, by `DataType`. Binary is base64, as on the wire. */
export type MessageAttribute = {
  /** `String`, `Number` or `Binary`, with a label of one's own after a dot if wanted. */
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
};

export type MessageAttributes = Record<string, MessageAttribute>;

export type OutgoingMessage = {
  body: string;
  groupId: string;
  /** Without one, the SHA-256 of the body, where the queue allows that. */
  deduplicationId?: string | undefined;
  attributes?: MessageAttributes | undefined;
  /** Who sent it, by its unique id; the account unless told otherwise. */
  senderId?: string | undefined;
};

/** What a sender is told. */
export type Accepted = {
  readonly messageId: string;
  /** 20 digits, higher than that of every message sent before. */
  readonly sequenceNumber: string;
};

/** A message as the queue keeps it. Times are epoch milliseconds. */
export type StoredMessage = Accepted & {
  readonly body: string;
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly sentAt: number;
  /** The retention period counts from here: from sending, or from the move to this queue. */
  readonly storedAt: number;
  /** ARN of the queue it was moved from, in a dead-letter queue. */
  readonly deadLetterSourceArn?: string;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  receivedAt: number;
  /** In flight until then; a past moment if it is not. */
  visibleAt: number;
};

/** What one receive hands out: the message as it was at that moment, and the handle to it. */
export type ReceivedMessage = Omit<Readonly<StoredMessage>, 'firstReceivedAt'> & {
  readonly firstReceivedAt: number;
  readonly receiptHandle: string;
};

/** A message that has just been sent. */
export function toStored(
  { body, groupId, attributes = {}, senderId = accountId }: OutgoingMessage,
  accepted: Accepted,
  deduplicationId: string,
  now: number,
): StoredMessage {
  return {
    ...accepted,
    body,
    groupId,
    deduplicationId,
    attributes,
    senderId,
    sentAt: now,
    storedAt: now,
    receiveCount: 0,
    firstReceivedAt: undefined,
    receivedAt: now,
    visibleAt: now,
  };
}

/** Counts a receive, and puts the message in flight until `visibleAt`. */
export function markReceived(
  message: StoredMessage,
  { queueName, now, visibleAt }: { queueName: string; now: number; visibleAt: number },
): ReceivedMessage {
  const firstReceivedAt = message.firstReceivedAt ?? now;
  const receiveCount = message.receiveCount + 1;
  Object.assign(message, { receiveCount, firstReceivedAt, receivedAt: now, visibleAt });
  const receiptHandle = toReceiptHandle({ queueName, messageId: message.messageId, receiveCount });
  return { ...message, firstReceivedAt, receiptHandle };
}
