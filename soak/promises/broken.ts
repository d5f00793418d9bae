/** Everything that is promised, by what its breach is called. */
export const promiseNames = [
  'lost',
  'duplicate',
  'out of order',
  'dead-lettered',
  'untrue',
  'too late',
  'too fast',
  'indiscreet',
  'function failed',
] as const;
export type PromiseName = (typeof promiseNames)[number];

/** One breach of a promise. */
export type Broken = {
  promise: PromiseName;
  says: string;
  /** The event it is about, if it is about one. */
  messageId?: string;
};
