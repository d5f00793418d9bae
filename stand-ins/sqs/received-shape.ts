import { md5, md5OfAttributes } from './digest.ts';
import type { MessageAttributes, ReceivedMessage } from './message.ts';

/** The system attributes of a received message, all of them strings, as the API names them. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  const { deadLetterSourceArn } = message;
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SequenceNumber: message.sequenceNumber,
    MessageGroupId: message.groupId,
    SenderId: message.senderId,
    MessageDeduplicationId: message.deduplicationId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: deadLetterSourceArn }),
  };
}

/** Which attributes a caller of `ReceiveMessage` asked for. None are sent unasked. */
export type Wanted = { systemAttributeNames: string[]; attributeNames: string[] };

/** A message as `ReceiveMessage` answers it. */
export function toApiMessage(message: ReceivedMessage, wanted: Wanted): object {
  const system = pick(systemAttributes(message), wanted.systemAttributeNames);
  const attributes: MessageAttributes = pick(message.attributes, wanted.attributeNames);
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest, MessageAttributes: attributes }),
  };
}

/** `All`, a name, or the start of names followed by `.*`. */
function pick<Value>(values: Record<string, Value>, names: string[]): Record<string, Value> {
  const isWanted = (name: string) =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name)));
}
