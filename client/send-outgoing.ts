import { systemClock } from './clock.ts';
import { deliver } from './deliver.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import {
  type RouteChatSendAnswer,
  RouteChatSendError,
  type SentAnswer,
} from './route-chat-send-error.ts';
import { connect, type SqsOptions } from './sqs.ts';
import { mostEntries } from './to-batches.ts';
import { createTrickle, type Trickle } from './trickle.ts';

export type SendOptions = SqsOptions & {
  /**
   * For what has time, as rebalancing: one event at a time, while the event queue is short.
   * @default - all at once
   */
  trickle?: Trickle | undefined;
  /** Told of each event once SQS has it, by its place among the events: for progress. */
  onSent?: ((index: number, messageId: string) => void) | undefined;
};

/**
 * Sends messages whatever they hold: `sendRouteChatEvents` from where every event is known to be one.
 * Of what breaks the schema, only what has nobody to refuse it to sends it on.
 * @returns the message ids, in order, once SQS has all of them
 * @throws RouteChatSendError, RangeError as `sendRouteChatEvents` does.
 */
export async function sendOutgoing(
  events: readonly OutgoingEvent[],
  { trickle, onSent, ...options }: SendOptions,
): Promise<SentAnswer[]> {
  if (events.length === 0) return [];
  const { signal } = options;
  const clock = systemClock;
  const { sendBatch, depth } = await connect(options);
  const { answers, cause } = await deliver(events, {
    sendBatch,
    most: trickle ? 1 : mostEntries,
    beforeCall: trickle && createTrickle(trickle, { depth, clock, signal }),
    onSent,
    signal,
    clock,
    random: Math.random,
  });
  if (answers.every(isSent)) return answers;
  throw new RouteChatSendError(answers, { cause });
}

const isSent = (answer: RouteChatSendAnswer): answer is SentAnswer => answer.kind === 'sent';
