import { randomUUID } from 'node:crypto';
import type { SqsEvent } from '../stand-ins/event-source-mapping/sqs-event.ts';

export const firstChat = 1_000;
export const lastChat = 1_999;
const toAssociate = 8;

/** Body of an event for the nth chat; after the last one it starts over. */
export function bodyFor(index: number, fields: object = {}): { requestId: string; body: string } {
  const requestId = randomUUID();
  const chatSessionId = firstChat + (index % (lastChat - firstChat + 1));
  return { requestId, body: JSON.stringify({ chatSessionId, toAssociate, requestId, ...fields }) };
}

let sent = 0;

/** A batch of events for as many different chats, as Lambda hands it to a function. */
export function batchOf(size: number): SqsEvent {
  const now = String(Date.now());
  return {
    Records: Array.from({ length: size }, () => {
      const { body } = bodyFor(sent++);
      return {
        messageId: randomUUID(),
        receiptHandle: randomUUID(),
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: now,
          ApproximateFirstReceiveTimestamp: now,
          MessageGroupId: String(JSON.parse(body).chatSessionId),
          SequenceNumber: String(18_849_496_460_467_696_128n + BigInt(sent)),
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs' as const,
        eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:events.fifo',
        awsRegion: 'eu-north-1',
      };
    }),
  };
}
