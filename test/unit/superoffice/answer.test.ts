import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Read, toAnswer } from '../../../superoffice/answer.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const soError = (ErrorType: unknown = 'SoNotFoundException') =>
  JSON.stringify({ Error: true, ErrorType, ErrorMessage: 'Customer Jane Doe', ErrorSource: '' });
const html = '<html><body>Not here</body></html>';

const readValue = (json: unknown): Read<unknown> =>
  json === 'asked for' ? { ok: true, value: json } : { ok: false, lacks: 'Id' };

const answerTo = (status: number, body: string, headers: Record<string, string> = {}) =>
  toAnswer({ kind: 'response', status, headers, body }, readValue, startOfTime);

describe('toAnswer', () => {
  it('is ok for a 200 with what was asked for', () => {
    expect(answerTo(200, '"asked for"')).toEqual({
      kind: 'ok',
      httpStatus: 200,
      value: 'asked for',
    });
  });

  it.each(['"something else"', 'null', soError()])(
    'names the field without which a 200 is not what was asked for: %s',
    (body) => {
      expect(answerTo(200, body)).toEqual({ kind: 'bad-response', httpStatus: 200, lacks: 'Id' });
    },
  );

  it('tells an answer of null from no answer', () => {
    const exchange = {
      kind: 'response',
      status: 200,
      headers: {},
      body: 'null',
    } as const;

    expect(toAnswer(exchange, (value) => ({ ok: true, value }), startOfTime)).toEqual({
      kind: 'ok',
      httpStatus: 200,
      value: null,
    });
  });

  it.each([
    [200, html],
    [200, ''],
    [201, '"asked for"'],
    [204, ''],
    [206, '"asked for"'],
    [301, ''],
    [302, html],
    [304, ''],
    [307, soError()],
    [308, ''],
  ])('takes %i %j for no answer of the API', (status, body) => {
    expect(answerTo(status, body)).toEqual({ kind: 'bad-response', httpStatus: status });
  });

  it.each([400, 402, 403, 404, 405, 406, 409, 410, 411, 412, 415, 422, 451, 499])(
    'takes a %i that SuperOffice wrote itself for its last word',
    (status) => {
      expect(answerTo(status, soError())).toEqual({
        kind: 'refused',
        httpStatus: status,
        errorType: 'SoNotFoundException',
      });
    },
  );

  it.each([
    [400, html],
    [403, html],
    [404, ''],
    [404, '{"Message":"No HTTP resource was found","MessageDetail":"…"}'],
    [404, 'null'],
    [404, '[]'],
    [404, soError('')],
    [404, soError(null)],
    [405, '"SoNotFoundException"'],
    [421, soError()],
    [421, 'Wrong subdomain used to access tenant'],
  ])('takes %i %j for the answer of another address', (status, body) => {
    expect(answerTo(status, body)).toEqual({ kind: 'misdirected', httpStatus: status });
  });

  it.each([[''], [html], [soError('SoUnauthorizedException')]])(
    'is unauthorized for 401 %j',
    (body) => {
      expect(answerTo(401, body)).toEqual({ kind: 'unauthorized', httpStatus: 401 });
    },
  );

  it.each([408, 500, 501, 502, 503, 504, 599])(
    'is unavailable for %i, whoever wrote it',
    (status) => {
      const unavailable = { kind: 'unavailable', httpStatus: status, retryAfterMs: undefined };

      expect(answerTo(status, soError())).toEqual(unavailable);
      expect(answerTo(status, html)).toEqual(unavailable);
    },
  );

  it('is throttled for 429, whoever wrote it', () => {
    const throttled = { kind: 'throttled', httpStatus: 429, retryAfterMs: undefined };

    expect(answerTo(429, soError())).toEqual(throttled);
    expect(answerTo(429, '')).toEqual(throttled);
  });

  it.each(['customer Jane Doe', 'Ex<script>', 'x'.repeat(200), '1Exception', { nested: true }])(
    'never passes on free text in ErrorType: %j',
    (errorType) => {
      const answer = answerTo(404, soError(errorType));

      expect(JSON.stringify(answer)).not.toMatch(/Jane|script|xxx|1Exc|nested/);
    },
  );

  it('says of free text in ErrorType that there is one', () => {
    const refused = { kind: 'refused', httpStatus: 404, errorType: 'unnamed error' };

    expect(answerTo(404, soError('customer Jane Doe'))).toEqual(refused);
  });

  it.each(['timeout', 'unreachable', 'connection-lost'] as const)('passes on a %s', (kind) => {
    expect(toAnswer({ kind }, readValue, startOfTime)).toEqual({ kind, httpStatus: null });
  });

  it.each([
    [200, 'bad-response'],
    [302, 'bad-response'],
    [401, 'unauthorized'],
    [404, 'misdirected'],
    [429, 'throttled'],
    [500, 'unavailable'],
  ])('reads of a %i that is too large its status alone', (status, kind) => {
    expect(toAnswer({ kind: 'too-large', status }, readValue, startOfTime)).toMatchObject({
      kind,
      httpStatus: status,
    });
  });

  it('is one of its cases for every status and body', () => {
    const bodies = fc.oneof(fc.string(), fc.json(), fc.constantFrom(soError(), html, ''));

    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), bodies, (status, body) => {
        const { kind } = answerTo(status, body);
        const isRefusal = kind === 'refused' && status >= 400 && status < 500;
        expect(isRefusal || kind !== 'refused').toBe(true);
        expect(kind === 'ok').toBe(status === 200 && body === '"asked for"');
      }),
    );
  });
});

describe('toAnswer on Retry-After', () => {
  it.each([
    ['0', 0],
    ['5', 5_000],
    [' 5 ', 5_000],
    ['1.5', 1_500],
    ['-5', 0],
    ['86400000', 86_400_000_000],
    [new Date(startOfTime + 7_000).toUTCString(), 7_000],
    [new Date(startOfTime - 7_000).toUTCString(), 0],
    ['soon', undefined],
    ['NaN', undefined],
    ['', undefined],
    ['5 seconds', undefined],
  ])('reads %j', (header, retryAfterMs) => {
    expect(answerTo(429, '', { 'retry-after': header })).toMatchObject({ retryAfterMs });
    expect(answerTo(503, '', { 'retry-after': header })).toMatchObject({ retryAfterMs });
  });

  it('never makes of it less than nothing, or what is no number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (header) => {
        const answer = answerTo(429, '', { 'retry-after': header.trim() });
        const ms = answer.kind === 'throttled' ? (answer.retryAfterMs ?? 0) : -1;
        expect(ms).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
