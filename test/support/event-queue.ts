import { afterEach, beforeEach } from '@jest/globals';
import { RouteChatSendError } from '../../client/route-chat-send-error.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { sqsClient } from './sqs-client.ts';

/** Events for as many chats. */
export const eventsFor = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    chatSessionId: index + 1,
    toAssociate: 8,
    ...more,
  }));

/** A queue of its own for each test of a `describe`, there while the test runs. */
export function eventQueueForEach(): () => EventQueue {
  let eventQueue: EventQueue;
  beforeEach(async () => {
    eventQueue = await startEventQueue();
  });
  afterEach(() => eventQueue.close());
  return () => eventQueue;
}

type EventQueue = Awaited<ReturnType<typeof startEventQueue>>;

/** SQS with an event queue, and how a producer's client gets there. */
async function startEventQueue() {
  const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
  const sqs: SqsStandIn = await startSqs({ queues: [{ name: 'events.fifo', ...settings }] });
  const client = sqsClient(sqs.endpoint);
  const queue = sqs.queue('events.fifo');
  return {
    sqs,
    queue,
    to: { queueUrl: sqs.queueUrl('events.fifo'), sqs: client },
    held: () => queue.messages(),
    async close() {
      client.destroy();
      await sqs.close();
    },
  };
}

/** The error a send is to end in. */
export async function sendError(sending: Promise<unknown>): Promise<RouteChatSendError> {
  const error = await sending.then(
    () => 'none',
    (thrown: unknown) => thrown,
  );
  if (error instanceof RouteChatSendError) return error;
  throw new Error(`Expected a RouteChatSendError, got ${error}.`);
}

/** How many events were answered so. */
export const tally = ({ answers }: RouteChatSendError) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ kind }) => kind)].map(([kind, those]) => [kind, those.length]),
  );
