import type { SQSRecord } from 'aws-lambda';
import type { Invocation } from '../../functions/route-chat/invocation.ts';
import type { InvalidEvent, RouteRequest } from '../../functions/route-chat/received-event.ts';
import { startOfTime } from './virtual-clock.ts';

/** A message as Lambda hands it over; `body` may be given as the value it is the JSON of. */
export function sqsRecord(
  given: { messageId?: string; body?: unknown; attributes?: Partial<SQSRecord['attributes']> } = {},
): SQSRecord {
  const { messageId = 'message-1', body = { chatSessionId: 648, toAssociate: 8 } } = given;
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(startOfTime),
      SenderId: 'producer',
      ApproximateFirstReceiveTimestamp: String(startOfTime),
      SequenceNumber: '18849496460467696128',
      MessageGroupId: '648',
      ...given.attributes,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:RouteChat.fifo',
    awsRegion: 'eu-north-1',
  };
}

export const routeRequest = (given: Partial<RouteRequest> = {}): RouteRequest => ({
  kind: 'request',
  messageId: 'message-1',
  receiptHandle: `receipt of ${given.messageId ?? 'message-1'}`,
  messageGroupId: '648',
  sequenceNumber: '18849496460467696128',
  receiveCount: 1,
  sentAt: startOfTime,
  firstReceivedAt: startOfTime,
  event: { chatSessionId: 648, toAssociate: '8' },
  ignoredFields: [],
  deadline: startOfTime + 300_000,
  ...given,
});

/** One that begins with time, and has all of its own. */
export const invocation: Invocation = {
  endsAt: startOfTime + 15_000,
  latestStart: startOfTime + 5_500,
};

export const invalidEvent = (given: Partial<InvalidEvent> = {}): InvalidEvent => {
  const { deadline: _, ...record } = routeRequest();
  return {
    ...record,
    kind: 'invalid',
    event: {},
    error: { code: 'invalid-json', message: 'body: expected JSON.', httpStatus: null },
    ...given,
  };
};
