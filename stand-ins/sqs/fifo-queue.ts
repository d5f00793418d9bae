import { randomUUID } from 'node:crypto';
import { accountId, region } from '../aws-account.ts';
import { contentBasedId, DeduplicationWindow } from './deduplication-window.ts';
import type { FifoQueueOptions, ReceiveOptions } from './fifo-queue-options.ts';
import {
  type Accepted,
  markReceived,
  type OutgoingMessage,
  type ReceivedMessage,
  type StoredMessage,
  toStored,
} from './message.ts';
import { MessageStore } from './message-store.ts';
import { unusableHandle } from './receipt-handle.ts';
import { invalidParameter, SqsError } from './sqs-error.ts';
import { changedVisibility, checkVisibilityTimeout } from './visibility-timeout.ts';

/**
 * One SQS FIFO queue, as documented: synchronous, without timers, with a clock from outside.
 *
 * Within a group, messages come in send order, as many as possible in one receive, and none while
 * an earlier one is in flight (see `InFlightBlocks`). Between groups, where AWS promises nothing,
 * the one served longest ago comes first. What is refused throws `SqsError`; what a message may
 * contain is not looked at here.
 */
export class FifoQueue {
  readonly name: string;
  readonly arn: string;
  readonly options: Readonly<FifoQueueOptions>;
  readonly #store: MessageStore;
  readonly #window = new DeduplicationWindow();
  readonly #listeners = new Set<() => void>();
  #sent = 0n;
  #duplicates = 0;

  constructor(options: FifoQueueOptions) {
    this.name = options.name;
    this.arn = `arn:aws:sqs:${region}:${accountId}:${options.name}`;
    this.options = options;
    this.#store = new MessageStore(options);
  }

  /** A duplicate is accepted with what the original got, and goes nowhere. */
  send(message: OutgoingMessage): Accepted & { duplicate: boolean } {
    const now = this.options.now();
    if (message.deduplicationId === undefined && !this.options.contentBasedDeduplication)
      throw invalidParameter(
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
    const deduplicationId = message.deduplicationId ?? contentBasedId(message.body);
    const original = this.#window.find(deduplicationId, now);
    if (original) {
      this.#duplicates += 1;
      return { ...original, duplicate: true };
    }
    const accepted = {
      messageId: (this.options.createId ?? randomUUID)(),
      // 20 digits from the start, and with gaps, as AWS has it.
      sequenceNumber: String(18_849_496_460_467_696_128n + this.#sent++ * 256n),
    };
    this.#window.remember(deduplicationId, accepted, now);
    this.#add(toStored(message, accepted, deduplicationId, now));
    return { ...accepted, duplicate: false };
  }

  /** How many sends were taken for the repeat of an earlier one. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /**
   * Hands out at most `max` messages. One that was received `maxReceiveCount` times already is
   * moved to the dead-letter queue instead.
   */
  receive({ max = 1, visibilityTimeoutSeconds, splitAt }: ReceiveOptions = {}): ReceivedMessage[] {
    const seconds = visibilityTimeoutSeconds ?? this.options.visibilityTimeoutSeconds;
    checkVisibilityTimeout(seconds);
    const now = this.options.now();
    const split = splitAt ?? this.options.splitAt ?? ((receivable: number) => receivable);
    const reception = { queueName: this.name, now, visibleAt: now + seconds * 1000 };
    return this.#store
      .choose(max, split, (message) => this.#moveIfSpent(message, now))
      .map((message) => markReceived(message, reception));
  }

  /**
   * Deletes the message while this receive of it is in flight. A handle whose time has run out is
   * refused, as FIFO queues at AWS do, whether or not the message was received again since; the
   * handle of a message that is gone is accepted.
   */
  delete(receiptHandle: string): void {
    const { message, inFlight, current } = this.#store.find(receiptHandle);
    if (!message) return;
    if (!inFlight || !current)
      throw unusableHandle(receiptHandle, 'The receipt handle has expired.');
    this.#store.remove(message);
    this.#changed();
  }

  /** Counts from now, up to 12 hours from the receive in all, and for this receive only. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    checkVisibilityTimeout(seconds);
    const { message, inFlight, current } = this.#store.find(receiptHandle);
    if (message && !inFlight)
      throw new SqsError('MessageNotInflight', "The specified message isn't in flight.");
    if (!message || !current)
      throw unusableHandle(
        receiptHandle,
        'Message does not exist or is not available for visibility timeout change.',
      );
    message.visibleAt = changedVisibility(message, seconds, this.options.now());
    this.#changed();
  }

  /**
   * Makes a message receivable as though this receive of it had never been, even where it was
   * deleted since. SQS delivers at least once: a copy that was out of reach when its message was
   * received or deleted comes again, its count and its first receive those of before.
   */
  redeliver({ receiptHandle: _, ...received }: ReceivedMessage): void {
    const receiveCount = received.receiveCount - 1;
    const firstReceivedAt = receiveCount === 0 ? undefined : received.firstReceivedAt;
    const visibleAt = this.options.now();
    this.#store.restore({ ...received, receiveCount, firstReceivedAt, visibleAt });
    this.#changed();
  }

  /** Also forgets what was sent, so that a duplicate is accepted anew; seen at AWS. */
  purge(): void {
    this.#store.clear();
    this.#window.clear();
  }

  /** When a receive can next find something, in epoch ms and not before now; undefined if empty. */
  nextVisibleAt(): number | undefined {
    const moment = this.#store.receivableFrom();
    return moment === undefined ? undefined : Math.max(moment, this.options.now());
  }

  /** As AWS counts: what waits behind a message in flight is visible. */
  depth(): { visible: number; inFlight: number } {
    const now = this.options.now();
    const inFlight = this.#store.all().filter(({ visibleAt }) => visibleAt > now).length;
    return { visible: this.#store.all().length - inFlight, inFlight };
  }

  /** What is on the queue, in the order it came; looking counts as no receive. */
  messages(): StoredMessage[] {
    return this.#store.all().map((message) => ({ ...message }));
  }

  /** Calls when a receive may find something sooner than `nextVisibleAt` said; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  addDeadLetter(message: StoredMessage): void {
    this.#add(message);
  }

  /** The move itself is no receive; the dead letter keeps its id, group, count and attributes. */
  #moveIfSpent(message: StoredMessage, now: number): boolean {
    const { redrive } = this.options;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    this.#store.remove(message);
    // On FIFO queues the retention period starts anew with the move.
    redrive.deadLetterQueue.addDeadLetter({
      ...message,
      storedAt: now,
      deadLetterSourceArn: this.arn,
    });
    return true;
  }

  #add(message: StoredMessage): void {
    this.#store.add(message);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
