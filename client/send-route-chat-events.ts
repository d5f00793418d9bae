import { systemClock } from './clock.ts';
import { deliver } from './deliver.ts';
import { toOutgoing } from './outgoing-event.ts';
import type { NoOtherFields, RouteChatEventInput } from './route-chat-event-input.ts';
import {
  type RouteChatSendAnswer,
  RouteChatSendError,
  type SentAnswer,
} from './route-chat-send-error.ts';
import { checkQueueUrl, connect, type SqsOptions } from './sqs.ts';
import { mostEntries } from './to-batches.ts';
import { createTrickle, type Trickle } from './trickle.ts';

export type SendOptions = SqsOptions & {
  /**
   * For what has time, as rebalancing: one event at a time, while the event queue is short.
   * @default - all at once
   */
  trickle?: Trickle | undefined;
};

/**
 * Sends events to the event queue. Each goes into the message group of its chat session, so that a
 * chat's events keep the order of `events`; a call to SQS takes at most 3.1 s, and what SQS does not
 * confirm is sent again, up to four times.
 * @returns the message ids, in order, once SQS has all events
 * @throws RouteChatSendError with an answer for each event, where SQS does not have all of them
 * @throws TypeError, RangeError for wrong options: nothing was sent
 */
export async function sendRouteChatEvents<Event extends RouteChatEventInput>(
  events: readonly NoOtherFields<Event>[],
  { trickle, ...options }: SendOptions,
): Promise<SentAnswer[]> {
  checkQueueUrl(options.queueUrl);
  const outgoing = events.map(toOutgoing);
  const sound = outgoing.flatMap((one) => (one.ok ? [one.event] : []));
  if (sound.length < outgoing.length) {
    throw new RouteChatSendError(
      outgoing.map((one) =>
        one.ok
          ? { kind: 'not-sent', why: 'other-refused' }
          : { kind: 'refused', faults: one.faults },
      ),
    );
  }
  if (sound.length === 0) return [];

  const { signal } = options;
  const clock = systemClock;
  const { sendBatch, depth } = await connect(options);
  const { answers, cause } = await deliver(sound, {
    sendBatch,
    most: trickle ? 1 : mostEntries,
    beforeCall: trickle && createTrickle(trickle, { depth, clock, signal }),
    signal,
    clock,
    random: Math.random,
  });
  if (answers.every(isSent)) return answers;
  throw new RouteChatSendError(answers, { cause });
}

const isSent = (answer: RouteChatSendAnswer): answer is SentAnswer => answer.kind === 'sent';
