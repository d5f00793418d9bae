import type { CallEnd } from './call-end.ts';

/** What to say of a call that did not go well: a word for programs and one sentence for a person. */
export type CallError = { code: string; message: string; httpStatus: number | null };

type Failed = Exclude<CallEnd<unknown>, { kind: 'ok' | 'refused' }>;
type FailedAs<Kind extends Failed['kind']> = Extract<Failed, { kind: Kind }>;
type Row<Kind extends Failed['kind']> = {
  code: string;
  says: string | ((end: FailedAs<Kind>) => string);
  /** Left out where it was surely not applied. */
  perhapsApplied?: true;
};

/** What is said of a call that may go better another time, and what it leaves open. */
const failures = {
  unauthorized: {
    code: 'unauthorized',
    says: 'SuperOffice answered 401: it does not accept the credential.',
  },
  'credential-refused': {
    code: 'unauthorized',
    says: 'Not called: SuperOffice refused this credential a moment ago.',
  },
  'credential-unavailable': { code: 'ticket-unavailable', says: ({ reason }) => reason },
  misdirected: {
    code: 'misdirected',
    says: ({ httpStatus }) =>
      `SuperOffice's API did not write this ${httpStatus}: the address may be wrong.`,
  },
  throttled: { code: 'throttled', says: 'SuperOffice answered 429: too many calls.' },
  paused: { code: 'throttled', says: 'Not called: SuperOffice asked for a pause (Retry-After).' },
  'out-of-time': {
    code: 'throttled',
    says: 'Not called: no slot at the allowed pace was left in time.',
  },
  'deadline-passed': {
    code: 'throttled',
    says: 'Not called: no slot at the allowed pace was left in time.',
  },
  unreachable: { code: 'network', says: 'SuperOffice could not be reached: no connection.' },
  'tenant-not-running': {
    code: 'tenant-not-running',
    says: ({ state }) => `The tenant is not running: ${state}.`,
  },
  'tenant-unknown': {
    code: 'network',
    says: ({ reason }) => `The tenant state service ${reason}.`,
  },
  unavailable: {
    code: 'unavailable',
    says: ({ httpStatus }) => `SuperOffice answered ${httpStatus}.`,
    perhapsApplied: true,
  },
  timeout: { code: 'timeout', says: 'SuperOffice did not answer in time.', perhapsApplied: true },
  'connection-lost': {
    code: 'network',
    says: 'The connection to SuperOffice broke before its answer was read.',
    perhapsApplied: true,
  },
  'bad-response': {
    code: 'bad-response',
    says: ({ httpStatus, lacks }) =>
      `SuperOffice answered ${httpStatus} with something else than what was asked for${lacks ? `: its ${lacks} is missing or another` : ''}.`,
    perhapsApplied: true,
  },
} satisfies { [Kind in Failed['kind']]: Row<Kind> };

/** The error of such a call, and whether the call may have been applied all the same. */
export function failureOf(end: Failed): { error: CallError; perhapsApplied: boolean } {
  const { code, says, perhapsApplied = false } = failures[end.kind] as Row<Failed['kind']>;
  const message = typeof says === 'string' ? says : says(end as never);
  const httpStatus = 'httpStatus' in end ? end.httpStatus : null;
  return { error: { code, message: message.slice(0, 1024), httpStatus }, perhapsApplied };
}

/** A refusal for good, in SuperOffice's own error shape. */
export function refusalOf({
  httpStatus,
  errorType,
}: {
  httpStatus: number;
  errorType: string;
}): CallError {
  const hint = hints.get(httpStatus) ?? 'it will not do this.';
  return {
    code: `http-${httpStatus}`,
    message: `SuperOffice answered ${httpStatus} (${errorType}): ${hint}`,
    httpStatus,
  };
}

const hints = new Map([
  [400, 'it cannot read the request; check toAssociate.'],
  [403, 'the credential has no right to do this.'],
  [404, 'it knows no such session or associate.'],
  [409, 'the session was changed meanwhile.'],
]);
