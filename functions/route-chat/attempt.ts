import type { Cause, Outcome, ResultError } from '../../contract/result.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import type { WebApi } from '../../superoffice/web-api.ts';
import type { Attempts, Earlier } from './attempts.ts';
import { fitsAnotherAttempt } from './backoff.ts';
import type { Calls } from './calls.ts';
import { failureOf, interrupted, refusalOf } from './failure.ts';
import { causeOf, isPendingToAnother, signOf } from './outcome.ts';
import type { Principal } from './principal.ts';
import type { RouteRequest } from './received-event.ts';

/** What became of an event, in the words of its result. */
export type Conclusion = {
  outcome: Outcome;
  cause: Cause | null;
  session: ChatSession | null;
  actingAs: Associate | null;
  error: ResultError | null;
};

/** The end of one attempt: a conclusion, or another attempt later, and why. */
export type Verdict =
  | { kind: 'conclude'; conclusion: Conclusion }
  | { kind: 'retry'; error: ResultError };

export type Attempt = (
  request: RouteRequest,
  earlier: Earlier,
  functionLatestStart: number,
) => Promise<Verdict>;

export type AttemptOptions = {
  webApi: WebApi;
  calls: Calls;
  principal: Principal;
  attempts: Attempts;
  clock: Clock;
};

/** A conclusion from what there is to say; the rest is null. */
export const toConclusion = (said: Partial<Conclusion> & { outcome: Outcome }): Conclusion => ({
  cause: null,
  session: null,
  actingAs: null,
  error: null,
  ...said,
});

/** One attempt to transfer one chat session: the table "What becomes of an event", row by row. */
export function createAttempt({
  webApi,
  calls,
  principal,
  attempts,
  clock,
}: AttemptOptions): Attempt {
  return async (request, earlier, functionLatestStart) => {
    const { event, deadline } = request;
    const { chatSessionId, toAssociate } = event;
    let { perhapsApplied, error } = earlier;
    /** What SuperOffice showed since the last transfer call. */
    let seen: ChatSession | null = null;
    let hasLooked = false;

    if (perhapsApplied) {
      const { verdict, failed } = await look();
      if (verdict) return verdict;
      if (failed) return await retryOrGiveUp(failed);
    }
    if (clock.now() >= deadline) return await giveUp();

    attempts.note(request, { perhapsApplied: true, error });
    const answer = await calls((access) => webApi.transferTo(access, chatSessionId, toAssociate), {
      functionLatestStart,
      deadline,
    });
    switch (answer.kind) {
      case 'ok':
        return await conclude(answer.value, answer.credential);
      case 'refused':
        return concluded({
          outcome: 'failed',
          error: refusalOf(answer),
          actingAs: principal.known(answer.credential),
        });
      default: {
        const failure = failureOf(answer);
        if (failure.perhapsApplied) {
          perhapsApplied = true;
          hasLooked = false;
        }
        return await retryOrGiveUp(failure.error);
      }
    }

    /** Asks what is so: the verdict it is proof enough for, if any, or the error it failed with. */
    async function look(): Promise<{ verdict?: Verdict; failed?: ResultError }> {
      hasLooked = true;
      const answer = await calls((access) => webApi.chatSession(access, chatSessionId), {
        functionLatestStart,
      });
      // Another receive has the time to look that this one lacks.
      if (answer.kind === 'out-of-time') {
        return { verdict: { kind: 'retry', error: error ?? failureOf(answer).error } };
      }
      // A transfer may be allowed where reading is not, and its answer tells more.
      if (answer.kind === 'refused') return {};
      if (answer.kind !== 'ok') return { failed: failureOf(answer).error };
      seen = answer.value;
      const isSettled = signOf(seen, toAssociate) || isPendingToAnother(seen, toAssociate);
      return isSettled ? { verdict: await conclude(seen, answer.credential) } : {};
    }

    async function conclude(session: ChatSession | null, credential: Credential): Promise<Verdict> {
      const sign = signOf(session, toAssociate);
      if (sign) return concluded({ outcome: sign, session, actingAs: principal.known(credential) });
      const actingAs = await principal.ask(credential, { functionLatestStart });
      const cause = causeOf(session, actingAs);
      return concluded({ outcome: 'not-applied', cause, session, actingAs });
    }

    async function retryOrGiveUp(lastWord: ResultError): Promise<Verdict> {
      error = lastWord;
      attempts.note(request, { perhapsApplied, error });
      return fitsAnotherAttempt(deadline, clock.now()) ? { kind: 'retry', error } : await giveUp();
    }

    /** The end at the deadline, settled with what is known. */
    async function giveUp(): Promise<Verdict> {
      if (!perhapsApplied) return concluded({ outcome: 'expired', error, session: seen });
      const { verdict } = hasLooked ? {} : await look();
      return (
        verdict ?? concluded({ outcome: 'unknown', error: error ?? interrupted, session: seen })
      );
    }
  };
}

const concluded = (said: Parameters<typeof toConclusion>[0]): Verdict => ({
  kind: 'conclude',
  conclusion: toConclusion(said),
});
