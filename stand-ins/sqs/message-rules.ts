import { checkAttributes, isCarried } from './attribute-rules.ts';
import type { MessageAttributes, OutgoingMessage } from './message.ts';
import { invalidParameter, missingParameter, SqsError } from './sqs-error.ts';

/** 1 MiB: the most one message may have, and all messages of a call together. */
export const maxBytes = 1_048_576;

/** A message as `SendMessage` has it, or an entry of `SendMessageBatch`. */
export type SendInput = {
  MessageBody?: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
  MessageAttributes?: MessageAttributes;
};

/**
 * What must be there at all. In a batch, one entry without it fails the whole call, and with
 * another code (seen at AWS).
 */
export function checkPresence(
  { MessageBody, MessageGroupId, MessageDeduplicationId }: SendInput,
  { contentBasedDeduplication, inBatch }: { contentBasedDeduplication: boolean; inBatch: boolean },
): void {
  for (const [name, value] of Object.entries({ MessageBody, MessageGroupId })) {
    if (value) continue;
    const missing = missingParameter(name);
    throw inBatch ? invalidParameter(missing.message) : missing;
  }
  if (MessageDeduplicationId !== undefined || contentBasedDeduplication) return;
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** Throws `SqsError` for a message SQS refuses; in a batch, that entry alone fails. */
export function toOutgoing(input: SendInput): OutgoingMessage {
  const { MessageBody: body = '', MessageGroupId: groupId = '', DelaySeconds = 0 } = input;
  const { MessageDeduplicationId: deduplicationId, MessageAttributes: attributes = {} } = input;
  if (!isCarried(body))
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  checkId('MessageGroupId', groupId);
  if (deduplicationId !== undefined) checkId('MessageDeduplicationId', deduplicationId);
  if (DelaySeconds !== 0)
    throw invalidParameter(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  checkAttributes(attributes);
  if (sizeOf(input) > maxBytes)
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  return { body, groupId, deduplicationId, attributes };
}

/** Bytes that count against the limits: body, and name, type and value of each attribute. */
export function sizeOf({ MessageBody = '', MessageAttributes = {} }: SendInput): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.from(BinaryValue, 'base64').length,
  );
  return attributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(MessageBody));
}

function checkId(name: string, value: string): void {
  if (/^[\u0021-\u007E]{1,128}$/.test(value)) return;
  throw invalidParameter(
    `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
