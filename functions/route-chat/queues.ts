import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { awsCallBound, awsClientBounds } from '../../runtime/aws-client.ts';
import type { CarrierMessage } from './carrier.ts';
import type { OutgoingResult, SendResults } from './outbox.ts';
import type { EventRecord } from './received-event.ts';

/** What the function does to its result queues. At most ten messages a call, as in a batch. */
export type ResultQueues = {
  sendResults: SendResults;
  /** The same to the result queue of a source; absent where no source has one. */
  sendResultsOf?: ReadonlyMap<string, SendResults>;
};

/** What it does to all its queues. */
export type Queues = ResultQueues & {
  /** Resolves once SQS has deleted all of them; rejects otherwise. */
  deleteEvents(events: EventRecord[]): Promise<void>;
  /** Resolves once SQS has it on the event queue. */
  sendCarrier(message: CarrierMessage): Promise<void>;
  /** Best effort within `withinMs`; rejects where a message keeps its old visibility timeout. */
  changeVisibility(changes: VisibilityChange[], withinMs: number): Promise<void>;
};

export type ResultQueueUrls = {
  resultQueueUrl: string;
  /** By source. */
  resultQueueUrls?: Record<string, string> | undefined;
};

export type QueueUrls = ResultQueueUrls & { eventQueueUrl: string };

export type VisibilityChange = { event: EventRecord; seconds: number };

/** A client of SQS for the queues, within the bounds of all AWS clients. */
export const createSqsClient = (options: SQSClientConfig = {}) =>
  new SQSClient({ ...awsClientBounds, ...options });

/** The result queues, over SQS. */
export function createResultQueues(
  { resultQueueUrl, resultQueueUrls }: ResultQueueUrls,
  client = createSqsClient(),
): ResultQueues {
  const sendResultsTo =
    (queueUrl: string): SendResults =>
    async (results) => {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: results.map(toEntry) }),
        awsCallBound(),
      );
      return results.map((_, index) => {
        const failed = Failed.find(({ Id }) => Id === String(index));
        if (!failed) return 'sent';
        return failed.SenderFault ? 'sender-fault' : 'not-sent';
      });
    };

  return {
    sendResults: sendResultsTo(resultQueueUrl),
    ...(resultQueueUrls && {
      sendResultsOf: new Map(
        Object.entries(resultQueueUrls).map(([source, url]) => [source, sendResultsTo(url)]),
      ),
    }),
  };
}

/** All queues, over SQS. */
export function createQueues(
  { eventQueueUrl, ...resultQueueUrls }: QueueUrls,
  client = createSqsClient(),
): Queues & {
  /** Opens the connection that the next call takes. Rejects with SQS's error. */
  connect(): Promise<void>;
} {
  return {
    ...createResultQueues(resultQueueUrls, client),

    async connect() {
      // The cheapest call that the function may make: without an attribute, it asks for nothing.
      await client.send(new GetQueueAttributesCommand({ QueueUrl: eventQueueUrl }), awsCallBound());
    },

    async deleteEvents(events) {
      const { Failed = [] } = await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: eventQueueUrl,
          Entries: events.map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
          })),
        }),
        awsCallBound(),
      );
      throwIfAny(Failed, 'deleted');
    },

    async sendCarrier({ body, messageGroupId, deduplicationId }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: eventQueueUrl,
          MessageBody: body,
          MessageGroupId: messageGroupId,
          MessageDeduplicationId: deduplicationId,
        }),
        awsCallBound(),
      );
    },

    async changeVisibility(changes, withinMs) {
      const { Failed = [] } = await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: eventQueueUrl,
          Entries: changes.map(({ event, seconds }, index) => ({
            Id: String(index),
            ReceiptHandle: event.receiptHandle,
            VisibilityTimeout: seconds,
          })),
        }),
        awsCallBound(withinMs),
      );
      throwIfAny(Failed, 'given another visibility timeout');
    },
  };
}

function toEntry(
  { result, messageGroupId }: OutgoingResult,
  index: number,
): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: JSON.stringify(result),
    MessageGroupId: messageGroupId,
    MessageDeduplicationId: result.eventMessageId,
    MessageAttributes: {
      outcome: stringAttribute(result.outcome),
      requestId: stringAttribute(result.requestId),
      // SQS refuses an empty value.
      ...(result.source && { source: stringAttribute(result.source) }),
    },
  };
}

const stringAttribute = (value: string): MessageAttributeValue => ({
  DataType: 'String',
  StringValue: value,
});

function throwIfAny(failed: { Code?: string | undefined }[], done: string): void {
  if (failed.length === 0) return;
  const codes = [...new Set(failed.map(({ Code }) => Code))].join(', ');
  throw new Error(`${failed.length} messages were not ${done}: ${codes}.`);
}
