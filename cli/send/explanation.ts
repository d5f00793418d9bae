import { adviceFor } from '../../client/advice.ts';
import type { Logged } from './log-line.ts';

/** What an outcome means, for a person. Null where there is nothing, or no words for it. */
export type Explanation = {
  happened: string | null;
  doNow: string | null;
  lastError: string | null;
};

/** What the log says of an event, in words: whose chat, whose credential, and what to do. */
export function explain(
  { chatSessionId, dryRun = false }: { chatSessionId: number; dryRun?: boolean | undefined },
  logged: Logged,
): Explanation {
  const { outcome, cause, error: code, httpStatus } = logged;
  const advice = adviceFor({
    outcome,
    cause,
    error: code === null ? null : { code, message: '', httpStatus },
  });
  const words = advice?.lastError;
  return {
    happened: whoseChat(chatSessionId, dryRun, logged) ?? advice?.happened ?? null,
    doNow: advice?.doNow ?? null,
    lastError:
      words && code !== null ? `${code}: ${words.inTheWay} (mended by: ${words.mendedBy})` : code,
  };
}

/** With the ids, where the log has them. */
function whoseChat(chat: number, dryRun: boolean, logged: Logged): string | undefined {
  const { cause, actingAsId, userId, transferToId } = logged;
  const nothing = dryRun ? 'a transfer would do nothing' : 'the transfer did nothing';
  if (cause === 'owned-by-another' && userId !== null && actingAsId !== null) {
    return `chat ${chat} is associate ${userId}'s; the credential is associate ${actingAsId}'s: ${nothing}`;
  }
  if (cause === 'other-transfer-pending' && transferToId !== null) {
    return `associate ${transferToId} has been asked to take chat ${chat}, and has not answered: ${nothing}`;
  }
  return undefined;
}
