import type { ReceivedResult } from '../contract/parse-result.ts';
import type { Cause, Outcome } from '../contract/result.ts';

/** A word that came after this version: readers ignore what they do not know. */
type LaterWord = string & {};

/** A result, its outcome known; without a word for it, any outcome there is or will be. */
export type KnownResult<Known extends string = Outcome | LaterWord> = Omit<
  ReceivedResult,
  'outcome' | 'cause'
> & {
  outcome: Known;
  /** Only with `not-applied`, else null. */
  cause: Cause | LaterWord | null;
};
