import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { startSqs } from '../../stand-ins/sqs/server.ts';
import { sqsClient } from './sqs-client.ts';

const maxReceiveCount = 2;

/** One SQS, of whatever make, with `events.fifo`, whose dead letters go to `dead.fifo`. */
export type SqsServer = Awaited<ReturnType<typeof connect>>;

export async function startOurs() {
  const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
  const redrive = { deadLetterQueueName: 'dead.fifo', maxReceiveCount };
  const sqs = await startSqs({
    queues: [
      { ...settings, name: 'events.fifo', redrive },
      { ...settings, name: 'dead.fifo' },
    ],
  });
  const urls = { events: sqs.queueUrl('events.fifo'), dead: sqs.queueUrl('dead.fifo') };
  return connect(sqs.endpoint, urls, () => sqs.close());
}

export async function startTheirs() {
  const server = await startFauxqs({ port: 0, logger: false });
  const attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  const dead = server.createQueue('dead.fifo', { attributes });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.queueArn, maxReceiveCount });
  const events = server.createQueue('events.fifo', {
    attributes: { ...attributes, RedrivePolicy },
  });
  const urls = { events: events.queueUrl, dead: dead.queueUrl };
  return connect(`http://127.0.0.1:${server.port}`, urls, () => server.stop());
}

function connect(
  endpoint: string,
  urls: { events: string; dead: string },
  stop: () => Promise<void>,
) {
  const client = sqsClient(endpoint);
  const QueueUrl = urls.events;
  return {
    client,
    urls,
    send: (MessageBody: string, options: Partial<SendMessageCommandInput> = {}) =>
      client.send(
        new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'a', ...options }),
      ),
    sendBatch: (...Entries: SendMessageBatchRequestEntry[]) =>
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    async receive(options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        ...options,
      });
      return (await client.send(command)).Messages ?? [];
    },
    delete: ({ ReceiptHandle }: Message = {}) =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    changeVisibility: (VisibilityTimeout: number, { ReceiptHandle }: Message = {}) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
      ),
    async close() {
      client.destroy();
      await stop();
    },
  };
}

export const bodiesOf = (messages: Message[]) => messages.map(({ Body }) => Body);

/** What a call comes to: `done`, or the name of its error, without the query protocol's prefix. */
export const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: Error) => error.name.replace('AWS.SimpleQueueService.', ''),
  );
