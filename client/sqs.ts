import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EntryAnswer } from './deliver.ts';
import type { OutgoingEvent } from './outgoing-event.ts';

/** Where to, and by which client. */
export type SqsOptions = {
  queueUrl: string;
  /**
   * The region is the client's, not the queue URL's.
   * @default - one of the environment's region and credentials, with time bounds
   */
  sqs?: SQSClient | undefined;
  /** Ends what is under way. */
  signal?: AbortSignal | undefined;
};

/** @throws TypeError where there is none: most often a variable that is not set. */
export function checkQueueUrl(queueUrl: unknown): void {
  if (typeof queueUrl === 'string' && /^https?:\/\/./.test(queueUrl)) return;
  const found = queueUrl === undefined ? 'nothing' : JSON.stringify(queueUrl);
  throw new TypeError(`queueUrl: expected the address of a queue, as https://…; got ${found}.`);
}

/** Both attempts of a call, answers included; the SDK's own bounds leave out a stalled answer. */
export const callTimeoutMs = 3_100;

/** What a receive may wait for messages, and may take beyond that. */
const longPollSeconds = 20;
const longPollTimeoutMs = 1_000 * longPollSeconds + 3_000;

/** Loaded when it is needed: who handles results in a Lambda function need not have it. */
const sdk = () => import('@aws-sdk/client-sqs');

/** For each of two attempts. Without them a connection that hangs, hangs for ever. */
export const clientBounds = (requestTimeout = 1_500) => ({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true },
});

const clients = new Map<number | undefined, SQSClient>();

/** One client for all calls with such a bound. */
async function defaultClient(requestTimeout?: number): Promise<SQSClient> {
  const { SQSClient } = await sdk();
  const client = clients.get(requestTimeout) ?? new SQSClient(clientBounds(requestTimeout));
  clients.set(requestTimeout, client);
  return client;
}

const bound = (signal: AbortSignal | undefined, timeoutMs = callTimeoutMs) => {
  const timeout = AbortSignal.timeout(timeoutMs);
  return { abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout };
};

/** The calls the client makes, each within its bound. */
export async function connect({ queueUrl: QueueUrl, sqs, signal }: SqsOptions) {
  const {
    DeleteMessageCommand,
    GetQueueAttributesCommand,
    ReceiveMessageCommand,
    SendMessageBatchCommand,
  } = await sdk();
  const client = sqs ?? (await defaultClient());

  return {
    async sendBatch(events: OutgoingEvent[]): Promise<EntryAnswer[]> {
      const command = new SendMessageBatchCommand({
        QueueUrl,
        Entries: events.map(({ body, groupId, deduplicationId }, index) => ({
          Id: String(index),
          MessageBody: body,
          MessageGroupId: groupId,
          MessageDeduplicationId: deduplicationId,
        })),
      });
      const { Successful = [], Failed = [] } = await client.send(command, bound(signal));
      return events.map((_, index) => {
        const isThis = ({ Id }: { Id: string | undefined }) => Id === String(index);
        const messageId = Successful.find(isThis)?.MessageId;
        if (messageId !== undefined) return { kind: 'sent', messageId };
        const {
          Code: code = 'NotAnswered',
          Message: message = '',
          SenderFault = false,
        } = Failed.find(isThis) ?? {};
        return { kind: 'failed', error: { code, message }, isFinal: SenderFault };
      });
    },

    /** Messages on the queue, in flight ones included. */
    async depth(): Promise<number> {
      const names = [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
      ] as const;
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] });
      const { Attributes = {} } = await client.send(command, bound(signal));
      return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
    },

    /** At most ten messages, waited for as long as SQS allows. */
    async receive() {
      const receiver = sqs ?? (await defaultClient(longPollTimeoutMs));
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: longPollSeconds,
      });
      const { Messages = [] } = await receiver.send(command, bound(signal, longPollTimeoutMs));
      return Messages;
    },

    /** Also once the signal has aborted: what was handled is not to come again. */
    async delete(ReceiptHandle: string | undefined): Promise<void> {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }), bound(undefined));
    },
  };
}
