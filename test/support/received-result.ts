import { readFileSync } from 'node:fs';
import { parseRouteChatResult, type ReceivedResult } from '../../contract/parse-result.ts';

/** A result of contract/examples, with what a test wants changed. */
export function receivedResult(
  example:
    | 'declined'
    | 'failed'
    | 'invalid-event'
    | 'not-applied'
    | 'transfer-pending'
    | 'unanswered'
    | 'would-transfer',
  changes: Partial<ReceivedResult> = {},
): ReceivedResult {
  const file = new URL(`../../contract/examples/result-${example}.json`, import.meta.url);
  return { ...parseRouteChatResult(readFileSync(file, 'utf8')), ...changes };
}
