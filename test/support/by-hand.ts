import { randomUUID } from 'node:crypto';
import { settleBatch } from '../../stand-ins/event-source-mapping/batch-answer.ts';
import { type SqsEvent, toSqsEvent } from '../../stand-ins/event-source-mapping/sqs-event.ts';
import type { LambdaFunction } from '../../stand-ins/lambda/lambda-function.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import type { ReceivedMessage } from '../../stand-ins/sqs/message.ts';
import { type Body, type Deployed, groupOf, textOf } from './deployed.ts';

/**
 * Puts events on the queue and receives them in the same breath, before the event source mapping
 * can: they are in flight, and come in just this batch.
 */
export function receiveByHand(
  { eventQueue }: Deployed,
  bodies: Body[],
  groups: string[] = bodies.map(groupOf),
): ReceivedMessage[] {
  const ids = bodies.map((body, index) => {
    const groupId = groups[index] ?? groupOf(body);
    const message = { body: textOf(body), groupId, deduplicationId: randomUUID() };
    return eventQueue.send(message).messageId;
  });
  return receiveNow(eventQueue, ids);
}

/** The same messages once more, as if their visibility timeouts were over. They must be held. */
export function receiveAgain(
  { eventQueue }: Deployed,
  messages: ReceivedMessage[],
): ReceivedMessage[] {
  for (const { receiptHandle } of messages) eventQueue.changeVisibility(receiptHandle, 0);
  return receiveNow(
    eventQueue,
    messages.map(({ messageId }) => messageId),
  );
}

function receiveNow(eventQueue: FifoQueue, ids: string[]): ReceivedMessage[] {
  const received = new Map<string, ReceivedMessage>();
  const isMissing = (id: string) => !received.has(id);
  for (let found = -1; found < received.size && ids.some(isMissing); ) {
    found = received.size;
    for (const message of eventQueue.receive({ max: 10, splitAt: (receivable) => receivable })) {
      received.set(message.messageId, message);
    }
  }
  // What came along, because it was visible just then, is the mapping's.
  for (const [id, message] of received) {
    if (!ids.includes(id)) eventQueue.redeliver(message);
  }
  return ids.map((id) => {
    const message = received.get(id);
    if (!message) throw new Error(`Message ${id} was not received.`);
    return message;
  });
}

/**
 * Invokes a function with exactly these messages, and deletes what it does not report, as Lambda
 * does. What it reports comes back through the event source mapping, unless it is held: then its
 * visibility timeout is not the function's to change.
 * @returns the message ids that were reported.
 */
export async function invokeByHand(
  { eventQueue, deployment }: Deployed,
  messages: ReceivedMessage[],
  given: {
    fn?: LambdaFunction | undefined;
    hold?: boolean;
    edit?: (event: SqsEvent) => void;
  } = {},
): Promise<string[]> {
  const { fn = deployment.routeChat, hold = false, edit } = given;
  const event = toSqsEvent(messages, eventQueue.arn);
  if (hold) for (const record of event.Records) record.receiptHandle = 'held';
  edit?.(event);
  const answer = await fn.invoke(event);
  const ids = messages.map(({ messageId }) => messageId);
  const { deleted, left, malformed } = settleBatch(ids, { kind: 'answered', answer });
  if (malformed) throw new Error(malformed);
  for (const { messageId, receiptHandle } of messages) {
    if (deleted.includes(messageId)) eventQueue.delete(receiptHandle);
  }
  return left;
}

/** Sends events in one batch to the function, and waits for its answer. */
export async function inOneBatch(stack: Deployed, bodies: Body[], groups?: string[]) {
  const messages = receiveByHand(stack, bodies, groups);
  const left = await invokeByHand(stack, messages);
  return { ids: messages.map(({ messageId }) => messageId), left };
}
