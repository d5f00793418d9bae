import type { SQSRecord } from 'aws-lambda';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';

type Received = ReturnType<FifoQueue['receive']>[number];

/** A message as Lambda hands it to the function. */
export function toRecord(message: Received): SQSRecord {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      SequenceNumber: message.sequenceNumber,
      MessageGroupId: message.groupId,
      MessageDeduplicationId: message.deduplicationId,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:events.fifo',
    awsRegion: 'eu-north-1',
  };
}
