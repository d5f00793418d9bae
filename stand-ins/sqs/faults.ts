import type { BatchEntry, FailEntries } from './batch.ts';

/**
 * What can go wrong between SQS and its caller. Whether the call was applied is said for each.
 * `delayMs` passes before anything else happens.
 */
export type SqsFault = { delayMs?: number } & (
  | { kind: 'delay' }
  /** Not applied. Codes such as `RequestThrottled` (403) or `InternalFailure` (500). */
  | { kind: 'error'; status: number; code: string }
  /** Not applied, and never answered. */
  | { kind: 'hang' }
  /** Not applied; the connection is reset. */
  | { kind: 'reset' }
  /** Applied; the connection is reset instead of the answer. */
  | { kind: 'lose-answer' }
  /** 200; the entries it names fail, the others are applied. Batch calls only. */
  | { kind: 'fail-entries'; failEntries: FailEntries }
);

export type SqsFaultCall = {
  /** As in `X-Amz-Target`, e.g. `SendMessageBatch`. */
  action: string;
  /** Empty where the call names no queue. */
  queueName: string;
  /** How many calls of this action there were, this one included. */
  number: number;
  /** The entries of a batch call, as they came. */
  entries?: readonly BatchEntry[];
};

/** Asked once per call; undefined lets it go well. */
export type SqsFaultPlan = (call: SqsFaultCall) => SqsFault | undefined;
