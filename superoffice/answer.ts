import type { Exchange } from './exchange.ts';

/** What SuperOffice's answer to one call means. Every exchange is exactly one case. */
export type Answer<Value> =
  /** 200 with what was asked for. */
  | { kind: 'ok'; httpStatus: 200; value: Value }
  /** A 4xx that SuperOffice's API wrote itself: it will say the same again. */
  | { kind: 'refused'; httpStatus: number; errorType: string }
  | { kind: 'unauthorized'; httpStatus: 401 }
  /** 421, or a 4xx the API did not write, e.g. HTML from a wrong address. */
  | { kind: 'misdirected'; httpStatus: number }
  | { kind: 'throttled'; httpStatus: 429; retryAfterMs: number | undefined }
  /** 408 or 5xx: may have been applied. */
  | { kind: 'unavailable'; httpStatus: number; retryAfterMs: number | undefined }
  | { kind: 'timeout'; httpStatus: null }
  /** Refused connection or unknown host: nothing was sent. */
  | { kind: 'unreachable'; httpStatus: null }
  | { kind: 'connection-lost'; httpStatus: null }
  /** A redirect, or a 2xx that is not what was asked for: may have been applied. */
  | {
      kind: 'bad-response';
      httpStatus: number;
      /** The field without which a 200 is not what was asked for. */
      lacks?: string;
    };

/** The JSON of a 200, read; or the name of the field that is missing or another than asked for. */
export type Read<Value> = { ok: true; value: Value } | { ok: false; lacks: string };

/** A .NET type name; anything else in `ErrorType` could be free text and is not passed on. */
const errorTypePattern = /^[A-Za-z_][\w.+`]{0,127}$/;

/**
 * Reads an exchange as an answer.
 * @param read turns the JSON of a 200 into the value.
 * @param now epoch milliseconds, for a Retry-After that is a date.
 */
export function toAnswer<Value>(
  exchange: Exchange,
  read: (json: unknown) => Read<Value>,
  now: number,
): Answer<Value> {
  switch (exchange.kind) {
    case 'timeout':
    case 'unreachable':
    case 'connection-lost':
      return { kind: exchange.kind, httpStatus: null };
    case 'too-large':
      return withoutBody(exchange.status, undefined);
    case 'response': {
      const { status, headers, body } = exchange;
      const json = parseJson(body);
      if (status === 200) {
        if (json === undefined) return { kind: 'bad-response', httpStatus: status };
        const answered = read(json.value);
        return answered.ok
          ? { kind: 'ok', httpStatus: 200, value: answered.value }
          : { kind: 'bad-response', httpStatus: status, lacks: answered.lacks };
      }
      const errorType = errorTypeOf(json?.value);
      if (isFinal(status) && errorType !== undefined) {
        return { kind: 'refused', httpStatus: status, errorType };
      }
      return withoutBody(status, retryAfterMs(headers['retry-after'], now));
    }
  }
}

const isFinal = (status: number) =>
  status >= 400 && status < 500 && ![401, 408, 421, 429].includes(status);

function withoutBody(status: number, retryAfter: number | undefined): Answer<never> {
  if (status === 401) return { kind: 'unauthorized', httpStatus: status };
  if (status === 429) return { kind: 'throttled', httpStatus: status, retryAfterMs: retryAfter };
  if (status === 408 || status >= 500) {
    return { kind: 'unavailable', httpStatus: status, retryAfterMs: retryAfter };
  }
  if (status >= 400) return { kind: 'misdirected', httpStatus: status };
  return { kind: 'bad-response', httpStatus: status };
}

/** Wrapped, because `null` is an answer SuperOffice gives. */
function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function errorTypeOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('ErrorType' in json)) return undefined;
  const { ErrorType: errorType } = json;
  if (typeof errorType !== 'string' || errorType === '') return undefined;
  return errorTypePattern.test(errorType) ? errorType : 'unnamed error';
}

/** Seconds or an HTTP date; undefined where it is neither, never negative. */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
