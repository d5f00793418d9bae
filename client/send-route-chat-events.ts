import { toOutgoing } from './outgoing-event.ts';
import type { NoOtherFields, RouteChatEventInput } from './route-chat-event-input.ts';
import { RouteChatSendError, type SentAnswer } from './route-chat-send-error.ts';
import { type SendOptions, sendOutgoing } from './send-outgoing.ts';
import { checkQueueUrl } from './sqs.ts';

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
  options: SendOptions,
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
  return await sendOutgoing(sound, options);
}
