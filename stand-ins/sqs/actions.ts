import { applyBatch, type BatchEntry, checkBatch, type FailEntries } from './batch.ts';
import { md5, md5OfAttributes } from './digest.ts';
import type { FifoQueue } from './fifo-queue.ts';
import { receiveWithin } from './long-poll.ts';
import { checkPresence, maxBytes, type SendInput, sizeOf, toOutgoing } from './message-rules.ts';
import { queueAttributes } from './queue-attributes.ts';
import { toApiMessage } from './received-shape.ts';
import { invalidParameter, missingParameter, SqsError } from './sqs-error.ts';

/** The body of a request. Everything in it is up to the caller. */
export type Input = SendInput & {
  QueueUrl?: string;
  QueueName?: string;
  Entries?: (BatchEntry & SendInput & HandleInput)[];
  MaxNumberOfMessages?: number;
  WaitTimeSeconds?: number;
  AttributeNames?: string[];
  MessageSystemAttributeNames?: string[];
  MessageAttributeNames?: string[];
} & HandleInput;

type HandleInput = { ReceiptHandle?: string; VisibilityTimeout?: number };

/** One call to one queue. */
export type Call = {
  input: Input;
  queue: FifoQueue;
  failEntries: FailEntries;
  senderId: string;
  /** Aborted once the caller has hung up. */
  signal: AbortSignal;
};

/** What each call on a queue does, and answers. They throw `SqsError` where AWS answers an error. */
export const actions: Record<string, (call: Call) => object | Promise<object>> = {
  SendMessage({ input, queue, senderId }) {
    checkPresence(input, { ...queue.options, inBatch: false });
    return send(input, queue, senderId);
  },

  SendMessageBatch({ input, queue, failEntries, senderId }) {
    const entries = checkBatch(input.Entries);
    for (const entry of entries) checkPresence(entry, { ...queue.options, inBatch: true });
    const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > maxBytes)
      throw new SqsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${maxBytes} bytes. You have sent ${bytes} bytes.`,
      );
    return applyBatch(entries, failEntries, (entry) => send(entry, queue, senderId));
  },

  async ReceiveMessage({ input, queue, signal }) {
    const max = within('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, 10);
    const waitSeconds = within('WaitTimeSeconds', input.WaitTimeSeconds ?? 0, 0, 20);
    const options = { max, visibilityTimeoutSeconds: input.VisibilityTimeout };
    const messages = await receiveWithin(waitSeconds, queue, options, signal);
    const { AttributeNames = [], MessageSystemAttributeNames = [] } = input;
    const wanted = {
      systemAttributeNames: [...AttributeNames, ...MessageSystemAttributeNames],
      attributeNames: input.MessageAttributeNames ?? [],
    };
    if (messages.length === 0) return {};
    return { Messages: messages.map((message) => toApiMessage(message, wanted)) };
  },

  DeleteMessage({ input, queue }) {
    queue.delete(required('ReceiptHandle', input.ReceiptHandle));
    return {};
  },

  DeleteMessageBatch({ input, queue, failEntries }) {
    return applyBatch(checkBatch(input.Entries), failEntries, ({ ReceiptHandle }) => {
      try {
        queue.delete(required('ReceiptHandle', ReceiptHandle));
        return {};
      } catch (error) {
        // In a batch, AWS calls an expired handle by another code than alone.
        if (error instanceof SqsError && error.code === 'InvalidParameterValue')
          throw new SqsError('ReceiptHandleIsInvalid', 'The receipt handle has expired');
        throw error;
      }
    });
  },

  ChangeMessageVisibility({ input, queue }) {
    return changeVisibility(input, queue);
  },

  ChangeMessageVisibilityBatch({ input, queue, failEntries }) {
    return applyBatch(checkBatch(input.Entries), failEntries, (entry) =>
      changeVisibility(entry, queue),
    );
  },

  GetQueueAttributes({ input, queue }) {
    return queueAttributes(queue, input.AttributeNames ?? []);
  },

  PurgeQueue({ queue }) {
    queue.purge();
    return {};
  },
};

function send(input: SendInput, queue: FifoQueue, senderId: string): object {
  const message = toOutgoing(input);
  const { messageId, sequenceNumber } = queue.send({ ...message, senderId });
  const digest = md5OfAttributes(message.attributes ?? {});
  return {
    MessageId: messageId,
    SequenceNumber: sequenceNumber,
    MD5OfMessageBody: md5(message.body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

function changeVisibility(input: HandleInput, queue: FifoQueue): object {
  const seconds = required('VisibilityTimeout', input.VisibilityTimeout);
  queue.changeVisibility(required('ReceiptHandle', input.ReceiptHandle), seconds);
  return {};
}

function required<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw missingParameter(name);
  return value;
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidParameter(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
