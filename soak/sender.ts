import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SentEvent, SoakEvent } from './run-record.ts';

const most = 10;

/** Sends events in their order, each in the message group it names; at most ten of them. */
export async function sendEvents(
  client: SQSClient,
  queueUrl: string,
  events: readonly SoakEvent[],
): Promise<SentEvent[]> {
  const { Successful = [], Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: events.slice(0, most).map(({ body, groupId }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: groupId,
        // Two events that look the same are two events here.
        MessageDeduplicationId: randomUUID(),
      })),
    }),
  );
  if (Failed.length > 0) throw new Error(`SQS did not take an event: ${Failed[0]?.Message}`);
  const messageIds = new Map(Successful.map(({ Id, MessageId = '' }) => [Id, MessageId]));
  const sentAt = Date.now();
  return events.slice(0, most).map((event, index) => ({
    ...event,
    messageId: messageIds.get(String(index)) ?? '',
    sentAt,
  }));
}
