import * as v from 'valibot';
import type { AskedAssociate, RouteChatResult } from './result.ts';
import { resultSchema } from './result-schema.ts';

/** A result as its reader meets it: outcomes, causes and answers are open sets of words. */
export type ReceivedResult = Omit<RouteChatResult, 'outcome' | 'cause' | 'offers'> & {
  outcome: string;
  cause: string | null;
  offers?: (Omit<AskedAssociate, 'answer'> & { answer: string })[];
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
