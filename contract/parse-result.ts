import * as v from 'valibot';
import type { AskedAssociate, Cause, OfferAnswer, Outcome, RouteChatResult } from './result.ts';
import { resultSchema } from './result-schema.ts';

/** A word that came after this version: readers ignore what they do not know. */
type LaterWord = string & {};

/** A result as its reader meets it: outcomes, causes and answers are open sets of words. */
export type ReceivedResult = Omit<RouteChatResult, 'outcome' | 'cause' | 'offers'> & {
  outcome: Outcome | LaterWord;
  /** Only with `not-applied`, else null. */
  cause: Cause | LaterWord | null;
  offers?: (Omit<AskedAssociate, 'answer'> & { answer: OfferAnswer | LaterWord })[];
};

/**
 * Reads the body of a message on the result queue; leaves out fields it does not know.
 * @throws Error that names the first field that breaks route-chat-result.schema.json.
 */
export function parseRouteChatResult(body: string): ReceivedResult {
  const parsed = v.safeParse(resultSchema, JSON.parse(body));
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue) ?? 'body';
  throw new Error(
    `Not a route chat result: ${field}: expected ${issue.expected ?? issue.message}.`,
  );
}
