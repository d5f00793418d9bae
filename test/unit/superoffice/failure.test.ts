import { describe, expect, it } from '@jest/globals';
import { failureOf, refusalOf } from '../../../superoffice/failure.ts';

type Failed = Parameters<typeof failureOf>[0];
type Row<Kind extends Failed['kind']> = [
  end: Omit<Extract<Failed, { kind: Kind }>, 'kind' | 'credential'>,
  code: string,
  message: string,
];

/** Every kind there is: one that is missing does not compile. */
const surelyNotApplied = {
  unauthorized: [
    { httpStatus: 401 },
    'unauthorized',
    'SuperOffice answered 401: it does not accept the credential.',
  ],
  'credential-refused': [
    {},
    'unauthorized',
    'Not called: SuperOffice refused this credential a moment ago.',
  ],
  'credential-unavailable': [
    { reason: 'AccessDeniedException: the secret could not be read.' },
    'ticket-unavailable',
    'AccessDeniedException: the secret could not be read.',
  ],
  misdirected: [
    { httpStatus: 404 },
    'misdirected',
    "SuperOffice's API did not write this 404: the address may be wrong.",
  ],
  throttled: [
    { httpStatus: 429, retryAfterMs: 1 },
    'throttled',
    'SuperOffice answered 429: too many calls.',
  ],
  paused: [{}, 'throttled', 'Not called: SuperOffice asked for a pause (Retry-After).'],
  'out-of-time': [{}, 'throttled', 'Not called: no slot at the allowed pace was left in time.'],
  'deadline-passed': [{}, 'throttled', 'Not called: no slot at the allowed pace was left in time.'],
  unreachable: [
    { httpStatus: null },
    'network',
    'SuperOffice could not be reached: no connection.',
  ],
  'tenant-not-running': [
    { state: 'Suspended' },
    'tenant-not-running',
    'The tenant is not running: Suspended.',
  ],
  'tenant-unknown': [
    { reason: 'answered 500' },
    'network',
    'The tenant state service answered 500.',
  ],
} satisfies { [Kind in Exclude<Failed['kind'], keyof typeof perhapsApplied>]: Row<Kind> };

const perhapsApplied = {
  unavailable: [{ httpStatus: 503, retryAfterMs: 1 }, 'unavailable', 'SuperOffice answered 503.'],
  timeout: [{ httpStatus: null }, 'timeout', 'SuperOffice did not answer in time.'],
  'connection-lost': [
    { httpStatus: null },
    'network',
    'The connection to SuperOffice broke before its answer was read.',
  ],
  'bad-response': [
    { httpStatus: 302 },
    'bad-response',
    'SuperOffice answered 302 with something else than what was asked for.',
  ],
} satisfies { [Kind in Failed['kind']]?: Row<Kind> };

const credential = { authorization: 'SOTicket secret-ticket', appToken: 'secret-token' };
const endOf = (kind: string, end: object) => ({ kind, credential, ...end }) as Failed;
const withStatus = (end: object) => ({ httpStatus: null, ...end }).httpStatus;

describe('failureOf', () => {
  it.each(Object.entries(surelyNotApplied))(
    'says what was surely not applied: %s',
    (kind, [end, code, message]) => {
      expect(failureOf(endOf(kind, end))).toEqual({
        error: { code, message, httpStatus: withStatus(end) },
        perhapsApplied: false,
      });
    },
  );

  it.each(Object.entries(perhapsApplied))(
    'says what was perhaps applied: %s',
    (kind, [end, code, message]) => {
      expect(failureOf(endOf(kind, end))).toEqual({
        error: { code, message, httpStatus: withStatus(end) },
        perhapsApplied: true,
      });
    },
  );

  it('names the field that a 200 lacks', () => {
    const { error } = failureOf(endOf('bad-response', { httpStatus: 200, lacks: 'ChatSessionId' }));

    expect(error.message).toBe(
      'SuperOffice answered 200 with something else than what was asked for: its ChatSessionId is missing or another.',
    );
  });

  it('says no more than a result may hold', () => {
    const reason = 'x'.repeat(1_024);

    const { error } = failureOf({ kind: 'credential-unavailable', reason: `${reason}y` });

    expect(error.message).toBe(reason);
  });
});

describe('refusalOf', () => {
  it.each([
    [400, 'it cannot read the request; check toAssociate.'],
    [403, 'the credential has no right to do this.'],
    [404, 'it knows no such session or associate.'],
    [409, 'the session was changed meanwhile.'],
    [451, 'it will not do this.'],
  ])('names status, error type and what may be wrong: %i', (httpStatus, hint) => {
    expect(refusalOf({ httpStatus, errorType: 'SoNotFoundException' })).toEqual({
      code: `http-${httpStatus}`,
      message: `SuperOffice answered ${httpStatus} (SoNotFoundException): ${hint}`,
      httpStatus,
    });
  });
});
