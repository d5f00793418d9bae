import type { ReceivedResult } from '../contract/parse-result.ts';
import type { Cause, Outcome } from '../contract/result.ts';

/** What a result means, and what to do about it, for a person. */
export type Advice = {
  happened: string;
  doNow: string;
  /** Of the last error of an event that ran out of time: what it was, and who mends that. */
  lastError: { inTheWay: string; mendedBy: string } | null;
};

type Words = Pick<Advice, 'happened' | 'doNow'>;

const outcomeWords: Record<Exclude<Outcome, 'not-applied'>, Words> = {
  'transfer-pending': {
    happened: 'the associate is asked, and has to accept',
    doNow: 'nothing; to learn the answer, and ask the next one, send an offer',
  },
  assigned: { happened: 'the associate has the chat', doNow: 'nothing' },
  failed: {
    happened: 'SuperOffice refused for good',
    doNow: 'read error.message; 404 is an unknown session, 403 a right that is missing',
  },
  superseded: {
    happened: 'a newer event for the chat came along',
    doNow: 'nothing: the newer one has its own result',
  },
  expired: {
    happened: 'the time was over, and it was surely not applied',
    doNow: 'mend what the error names (below), then send again if the wish still stands',
  },
  unknown: {
    happened:
      'a call may have been applied and SuperOffice gave no sign: its answer was lost, and then the time was over, or a second call was refused',
    doNow: 'look at the chat before you ask again',
  },
  'invalid-event': {
    happened: 'the event breaks its schema; no call was made',
    doNow: 'mend the producer: error.message names the field',
  },
  declined: {
    happened:
      'the last one asked said no, or the question was cancelled; offers says who was asked before',
    doNow: 'offer it to others; session says where the chat is now',
  },
  unanswered: {
    happened:
      'the last one asked let the time pass, and may yet accept; offers says who was asked before',
    doNow: 'offer it to others; to the last one the question stands',
  },
  'would-transfer': {
    happened:
      "a dry run: the chat is the credential's own, or would be picked up, and can be transferred",
    doNow: 'send it without dryRun',
  },
};

const causeWords: Record<Cause, Words> = {
  'owned-by-another': {
    happened: "somebody else's chat; session.user says whose, actingAs whose credential was used",
    doNow: "use the owner's credential, or ask the owner",
  },
  'in-queue': {
    happened: 'nobody has picked it up',
    doNow: "let the queue do its work, or have the credential's associate pick it up",
  },
  'chatbot-active': {
    happened: 'a chatbot holds it',
    doNow: 'hand off from the bot (ChatSession/{id}/Reset) first',
  },
  ended: {
    happened: 'closed, finished, deleted or turned into a request',
    doNow: 'nothing: there is no chat to move',
  },
  'other-transfer-pending': {
    happened:
      'somebody else has been asked and has not answered; for an event that yields, anybody, or an offer runs',
    doNow:
      "wait for the answer; send again if you still want it. If the chat is the credential's own, check toAssociate too",
  },
  'no-session': { happened: 'SuperOffice showed no session', doNow: 'check chatSessionId' },
  unclear: {
    happened:
      "the credential's own chat (or actingAs is null: it is not known whose credential it was), and still nothing happened",
    doNow: 'check toAssociate: does the associate exist, is it present, licensed for chat?',
  },
  'taken-by-another': {
    happened: 'while an offer ran, somebody else got the chat, or was asked by somebody else',
    doNow: 'nothing: session says who decides now',
  },
};

const secret = {
  inTheWay: 'the secret cannot be used; SuperOffice refuses the credential',
  mendedBy: 'whoever keeps the credential: operations',
};
const way = { inTheWay: 'SuperOffice or the way to it', mendedBy: 'nobody, unless it lasts' };
const bug = { inTheWay: 'the function died, or has a bug', mendedBy: 'the log tells' };

const errorWords: Record<string, NonNullable<Advice['lastError']>> = {
  'ticket-unavailable': secret,
  unauthorized: secret,
  misdirected: {
    inTheWay: "something other than SuperOffice's API answered at that address, or refused it",
    mendedBy: 'whoever deployed: check webApiUrl, customerId',
  },
  'tenant-not-running': {
    inTheWay: 'maintenance, or a suspended tenant',
    mendedBy: 'nobody: wait',
  },
  throttled: {
    inTheWay: 'too many calls, or no slot left in time',
    mendedBy: 'send fewer at once, or allow more (settings)',
  },
  unavailable: way,
  timeout: way,
  network: way,
  'bad-response': way,
  interrupted: bug,
  unexpected: bug,
};

const lookUp = <Value>(words: Record<string, Value>, word: string | null): Value | undefined =>
  word !== null && Object.hasOwn(words, word) ? words[word] : undefined;

/** What README's table says of such a result; undefined for words that came after this version. */
export function adviceFor({
  outcome,
  cause,
  error,
}: Pick<ReceivedResult, 'outcome' | 'cause' | 'error'>): Advice | undefined {
  const words =
    outcome === 'not-applied' ? lookUp(causeWords, cause) : lookUp(outcomeWords, outcome);
  const hasLastError = outcome === 'expired' || outcome === 'unknown';
  const lastError = hasLastError ? lookUp(errorWords, error?.code ?? null) : undefined;
  return words && { ...words, lastError: lastError ?? null };
}
