import type { StoredMessage } from './message.ts';

/**
 * What a message in flight holds back in its group.
 *
 * - `later-messages`: those sent after it. An earlier one that became visible again meanwhile is
 *   handed out. Seen at AWS: tests that LocalStack ran against it (its pull request 13386, and
 *   `test_fifo_message_group_visibility_after_terminate_visibility_timeout`).
 * - `whole-group`: all others, as the developer guide's words can be read ("no more messages for
 *   the same message group ID are returned unless you delete the message or it becomes visible").
 *
 * They differ once messages received together are given different visibility timeouts.
 */
export type InFlightBlocks = 'later-messages' | 'whole-group';

/** How many of the receivable messages of one group a receive hands out; at least 1 is taken. */
export type SplitAt = (receivable: number) => number;

/** As much of a queue as one is that messages are moved to. */
export type DeadLetterQueue = {
  readonly arn: string;
  addDeadLetter(message: StoredMessage): void;
};

export type FifoQueueOptions = {
  /** Ends in `.fifo`. */
  name: string;
  /** Epoch milliseconds; may be a virtual clock. */
  now: () => number;
  visibilityTimeoutSeconds: number;
  contentBasedDeduplication: boolean;
  /** Four days unless told otherwise. */
  retentionSeconds?: number | undefined;
  redrive?: { deadLetterQueue: DeadLetterQueue; maxReceiveCount: number } | undefined;
  /** As many as possible unless told otherwise; AWS may hand out fewer. */
  splitAt?: SplitAt | undefined;
  /** `later-messages`, as seen at AWS, unless told otherwise. */
  inFlightBlocks?: InFlightBlocks | undefined;
  /** Makes message ids; a random UUID unless told otherwise. */
  createId?: (() => string) | undefined;
};

export type ReceiveOptions = {
  /** 1 to 10, and 1 unless told otherwise. */
  max?: number | undefined;
  visibilityTimeoutSeconds?: number | undefined;
  splitAt?: SplitAt | undefined;
};
