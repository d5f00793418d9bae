import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { clientBounds } from '../../client/sqs.ts';
import { awsFailure } from '../deployment/aws-failure.ts';

/** So long a message is out of sight while its queue is being read. */
const readingSeconds = 30;

export type DeadLetters = {
  /** Those that could be read, put back at once. */
  messages: Message[];
  /** On the queue, but in somebody's hands: the second look's, as a rule. */
  inFlight: number;
};

/**
 * Reads a queue without taking anything: each message is back when this resolves. That counts as a
 * receive all the same.
 * @throws InputError where it cannot be read
 */
export async function readDeadLetters(queueUrl: string): Promise<DeadLetters> {
  const sqs = new SQSClient(clientBounds(5_000));
  const messages: Message[] = [];
  try {
    const inFlight = await inFlightOn(sqs, queueUrl);
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: readingSeconds,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      messages.push(...Messages);
      if (Messages.length === 0) return { messages, inFlight };
    }
  } catch (error) {
    throw awsFailure(error, 'sqs:ReceiveMessage') ?? error;
  } finally {
    await putBack(sqs, queueUrl, messages);
  }
}

async function inFlightOn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const name = 'ApproximateNumberOfMessagesNotVisible';
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] });
  return Number((await sqs.send(command)).Attributes?.[name] ?? 0);
}

/** What fails here is back when its time out of sight is over. */
async function putBack(sqs: SQSClient, QueueUrl: string, messages: Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    const Entries = messages.slice(start, start + 10).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries });
    await sqs.send(command).catch(() => undefined);
  }
}
