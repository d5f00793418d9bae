import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import type { RouteChatSendAnswer, SendFailure } from './route-chat-send-error.ts';
import { isFinal, toFailure } from './sqs-failure.ts';
import { toBatches } from './to-batches.ts';

/** How SQS took one entry of a SendMessageBatch. `isFinal` where sending it again is no use. */
export type EntryAnswer =
  | { kind: 'sent'; messageId: string }
  | { kind: 'failed'; error: SendFailure; isFinal: boolean };

export type DeliverOptions = {
  /** One call: an answer for each event, in order. Rejects where the call failed as a whole. */
  sendBatch: (events: OutgoingEvent[]) => Promise<EntryAnswer[]>;
  /** Events a call may hold. */
  most: number;
  /** Waited for ahead of each call. */
  beforeCall?: (() => Promise<void>) | undefined;
  /** Told of each event that SQS has, by its place. */
  onSent?: ((index: number, messageId: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  clock: Clock;
  random: () => number;
};

type Delivery = {
  event: OutgoingEvent;
  index: number;
  failures: number;
  answer?: RouteChatSendAnswer;
};

/** Times an event is sent where SQS fails it by name, and calls in a row that may fail as a whole. */
const mostAttempts = 4;

/**
 * Sends events, again what SQS does not confirm, with backoff. Ends where SQS has all, at the
 * signal, or once SQS fails call after call. A chat stops at its first event that is given up:
 * what comes later must not overtake it.
 * @returns an answer for each event, in order, and the last call's error that was met
 */
export async function deliver(
  events: readonly OutgoingEvent[],
  { sendBatch, most, beforeCall, onSent, signal, clock, random }: DeliverOptions,
): Promise<{ answers: RouteChatSendAnswer[]; cause?: unknown }> {
  const deliveries = events.map((event, index): Delivery => ({ event, index, failures: 0 }));
  const stoppedChats = new Set<string>();
  let failedCalls = 0;
  let failedPasses = 0;
  let cause: unknown;

  /** False where the call failed as a whole. */
  async function call(batch: Delivery[]): Promise<boolean> {
    let started = false;
    try {
      await beforeCall?.();
      if (signal?.aborted) return false;
      started = true;
      const answers = await sendBatch(batch.map(({ event }) => event));
      for (const [index, answer] of answers.entries()) record(batch[index] as Delivery, answer);
      failedCalls = 0;
      return true;
    } catch (error) {
      cause = error;
      failedCalls = isFinal(error) ? mostAttempts : failedCalls + 1;
      if (started) {
        for (const delivery of batch) delivery.answer = unconfirmed(toFailure(error));
      }
      return false;
    }
  }

  function record(delivery: Delivery, answer: EntryAnswer): void {
    if (answer.kind === 'sent') {
      delivery.answer = answer;
      return;
    }
    delivery.answer = unconfirmed(answer.error);
    delivery.failures += 1;
    if (answer.isFinal || delivery.failures === mostAttempts) {
      stoppedChats.add(delivery.event.groupId);
    }
  }

  for (;;) {
    const open = deliveries.filter(
      ({ answer, event }) => answer?.kind !== 'sent' && !stoppedChats.has(event.groupId),
    );
    if (open.length === 0 || failedCalls >= mostAttempts || signal?.aborted) break;
    if (failedPasses > 0) await clock.sleep(backoffMs(failedPasses, random), signal);

    const heldChats = new Set<string>();
    let someSent = false;
    for (const batch of toBatches(open, most)) {
      const ready = batch.filter(({ event }) => !heldChats.has(event.groupId));
      if (ready.length === 0) continue;
      if (!(await call(ready))) break;
      for (const { answer, event, index } of ready) {
        if (answer?.kind === 'sent') {
          someSent = true;
          onSent?.(index, answer.messageId);
        } else heldChats.add(event.groupId);
      }
    }
    failedPasses = someSent ? 1 : failedPasses + 1;
  }

  const why = signal?.aborted ? 'aborted' : 'sqs-failed';
  const answers = deliveries.map(({ answer }) => answer ?? ({ kind: 'not-sent', why } as const));
  return { answers, cause: signal?.aborted ? signal.reason : cause };
}

const unconfirmed = (error: SendFailure): RouteChatSendAnswer => ({ kind: 'unconfirmed', error });
