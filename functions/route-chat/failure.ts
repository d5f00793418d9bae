import type { ResultError } from '../../contract/result.ts';
import type { Answer } from '../../superoffice/answer.ts';
import type { NotCalled } from './calls.ts';

/** A call that did not settle its event: the error to report, and whether it may have been applied. */
export type Failure = { error: ResultError; perhapsApplied: boolean };

type Unsettled = Exclude<Answer<unknown>, { kind: 'ok' | 'refused' }> | NotCalled;

/** The rows of the table that are retried: what is said of each, and what it leaves open. */
export function failureOf(answer: Unsettled): Failure {
  switch (answer.kind) {
    case 'unauthorized':
      return surelyNot(
        'unauthorized',
        'SuperOffice answered 401: it does not accept the ticket.',
        401,
      );
    case 'ticket-refused':
      return surelyNot('unauthorized', 'Not called: SuperOffice refused this ticket a moment ago.');
    case 'misdirected':
      return surelyNot(
        'misdirected',
        `SuperOffice's API did not write this ${answer.httpStatus}: the address may be wrong.`,
        answer.httpStatus,
      );
    case 'throttled':
      return surelyNot('throttled', 'SuperOffice answered 429: too many calls.', 429);
    case 'paused':
      return surelyNot('throttled', 'Not called: SuperOffice asked for a pause (Retry-After).');
    case 'out-of-time':
    case 'deadline-passed':
      return surelyNot('throttled', 'Not called: no slot at the allowed pace was left in time.');
    case 'unreachable':
      return surelyNot('network', 'SuperOffice could not be reached: no connection.');
    case 'tenant-not-running':
      return surelyNot('tenant-not-running', `The tenant is not running: ${answer.state}.`);
    case 'tenant-unknown':
      return surelyNot('network', 'The tenant state service gave no address for the tenant.');
    case 'ticket-unavailable':
      return surelyNot('ticket-unavailable', answer.reason);
    case 'unavailable':
      return perhaps(
        'unavailable',
        `SuperOffice answered ${answer.httpStatus}.`,
        answer.httpStatus,
      );
    case 'timeout':
      return perhaps('timeout', 'SuperOffice did not answer in time.');
    case 'connection-lost':
      return perhaps('network', 'The connection to SuperOffice broke before its answer was read.');
    case 'bad-response':
      return perhaps(
        'bad-response',
        `SuperOffice answered ${answer.httpStatus} with something that is not this chat session.`,
        answer.httpStatus,
      );
  }
}

/** A refusal for good, in SuperOffice's own error shape. */
export function refusalOf({
  httpStatus,
  errorType,
}: {
  httpStatus: number;
  errorType: string;
}): ResultError {
  const hint = hints.get(httpStatus) ?? 'it will not do this.';
  return {
    code: `http-${httpStatus}`,
    message: `SuperOffice answered ${httpStatus} (${errorType}): ${hint}`,
    httpStatus,
  };
}

const hints = new Map([
  [400, 'it cannot read the request; check toAssociate.'],
  [403, 'the ticket has no right to do this.'],
  [404, 'it knows no such session or associate.'],
  [409, 'the session was changed meanwhile.'],
]);

/** What is said where an earlier attempt left no word, and nothing since told more. */
export const interrupted: ResultError = {
  code: 'interrupted',
  message:
    'An earlier attempt did not end here: its call may have been made, and its answer was lost.',
  httpStatus: null,
};

/** What is said where our own code failed; its name and nothing more is in the log. */
export const unexpected: ResultError = {
  code: 'unexpected',
  message: 'The function failed in an unexpected way; its log has the name of the error.',
  httpStatus: null,
};

const surelyNot = (code: string, message: string, httpStatus: number | null = null): Failure => ({
  error: { code, message: message.slice(0, 1024), httpStatus },
  perhapsApplied: false,
});

const perhaps = (code: string, message: string, httpStatus: number | null = null): Failure => ({
  ...surelyNot(code, message, httpStatus),
  perhapsApplied: true,
});
