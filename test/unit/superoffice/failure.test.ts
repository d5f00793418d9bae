import { describe, expect, it } from '@jest/globals';
import { failureOf, interrupted, refusalOf } from '../../../../functions/route-chat/failure.ts';

type Unsettled = Parameters<typeof failureOf>[0];

/** Every kind there is: one that is missing does not compile. */
const expected: {
  [Kind in Unsettled['kind']]: [Extract<Unsettled, { kind: Kind }>, string, number | null, boolean];
} = {
  unauthorized: [{ kind: 'unauthorized', httpStatus: 401 }, 'unauthorized', 401, false],
  misdirected: [{ kind: 'misdirected', httpStatus: 421 }, 'misdirected', 421, false],
  throttled: [{ kind: 'throttled', httpStatus: 429, retryAfterMs: 1 }, 'throttled', 429, false],
  unavailable: [
    { kind: 'unavailable', httpStatus: 503, retryAfterMs: 1 },
    'unavailable',
    503,
    true,
  ],
  timeout: [{ kind: 'timeout', httpStatus: null }, 'timeout', null, true],
  unreachable: [{ kind: 'unreachable', httpStatus: null }, 'network', null, false],
  'connection-lost': [{ kind: 'connection-lost', httpStatus: null }, 'network', null, true],
  'bad-response': [{ kind: 'bad-response', httpStatus: 302 }, 'bad-response', 302, true],
  'ticket-unavailable': [
    { kind: 'ticket-unavailable', reason: 'x'.repeat(5_000) },
    'ticket-unavailable',
    null,
    false,
  ],
  'ticket-refused': [{ kind: 'ticket-refused' }, 'unauthorized', null, false],
  'tenant-not-running': [
    { kind: 'tenant-not-running', state: 'Suspended' },
    'tenant-not-running',
    null,
    false,
  ],
  'tenant-unknown': [{ kind: 'tenant-unknown' }, 'network', null, false],
  paused: [{ kind: 'paused' }, 'throttled', null, false],
  'deadline-passed': [{ kind: 'deadline-passed' }, 'throttled', null, false],
  'out-of-time': [{ kind: 'out-of-time' }, 'throttled', null, false],
};

describe('failureOf', () => {
  it.each(Object.values(expected))(
    '%j is %s, status %s; perhaps applied: %s',
    (end, code, httpStatus, perhapsApplied) => {
      const failure = failureOf(end);

      expect(failure).toMatchObject({ error: { code, httpStatus }, perhapsApplied });
      expect(failure.error.message).toMatch(/\S/);
      expect(failure.error.message.length).toBeLessThanOrEqual(1024);
    },
  );
});

describe('refusalOf', () => {
  it.each([
    [404, 'it knows no such session or associate.'],
    [403, 'the ticket has no right to do this.'],
    [451, 'it will not do this.'],
  ])('names status, error type and what may be wrong: %i', (httpStatus, hint) => {
    expect(refusalOf({ httpStatus, errorType: 'SoNotFoundException' })).toEqual({
      code: `http-${httpStatus}`,
      message: `SuperOffice answered ${httpStatus} (SoNotFoundException): ${hint}`,
      httpStatus,
    });
  });
});

describe('interrupted', () => {
  it('is no word of SuperOffice', () => {
    expect(interrupted).toMatchObject({ code: 'interrupted', httpStatus: null });
  });
});
