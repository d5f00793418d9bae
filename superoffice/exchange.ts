import ky, { isNetworkError } from 'ky';
import type { Clock } from './clock.ts';

/** How one HTTP exchange ended, before anybody reads meaning into it. */
export type Exchange =
  | { kind: 'response'; status: number; headers: Headers; body: string }
  /** Longer than the bound; the rest was not read. */
  | { kind: 'too-large'; status: number }
  | { kind: 'timeout' }
  /** The request never left: no address, no connection. */
  | { kind: 'unreachable' }
  /** The connection broke once the request may have left. */
  | { kind: 'connection-lost' };

export type Fetch = typeof globalThis.fetch;

export type ExchangeOptions = {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  clock: Clock;
  fetch?: Fetch | undefined;
};

/** SuperOffice's answers are a few KB; anything near this is not one. */
const maxBodyBytes = 1_048_576;

/** System calls that come before a connection stands: nothing was sent. */
const connecting = new Set(['getaddrinfo', 'connect']);
/** Codes of a connection that never came to stand: undici's, and those of a refused certificate. */
const notConnected =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * One HTTP exchange: no retry (the queue is the retry), no redirect followed (ky would send
 * SO-AppToken on), the answer read up to a bound, all within one timeout.
 * @throws whatever is no failure of the exchange: a bug.
 */
export async function exchange(options: ExchangeOptions): Promise<Exchange> {
  const { clock } = options;
  const timeout = new AbortController();
  const cancelTimeout = clock.after(options.timeoutMs, () => timeout.abort());
  try {
    const response = await ky(options.url, {
      method: options.method,
      headers: options.headers,
      redirect: 'manual',
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      signal: timeout.signal,
      ...(options.fetch && { fetch: options.fetch }),
    });
    const body = await readBody(response);
    if (timeout.signal.aborted) return { kind: 'timeout' };
    if (body === undefined) return { kind: 'too-large', status: response.status };
    return { kind: 'response', status: response.status, headers: response.headers, body };
  } catch (error) {
    if (timeout.signal.aborted) return { kind: 'timeout' };
    if (!isConnectionError(error)) throw error;
    return { kind: causes(error).some(isBeforeConnection) ? 'unreachable' : 'connection-lost' };
  } finally {
    cancelTimeout();
  }
}

/** The body as text, or undefined when it is larger than the bound. */
async function readBody(response: Response): Promise<string | undefined> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, which closes the connection.
    if (bytes > maxBodyBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** fetch fails with a TypeError; while a body is read, ky is not there to wrap it. */
const isConnectionError = (error: unknown): error is Error =>
  isNetworkError(error) ||
  (error instanceof Error && error.name === 'TypeError' && 'cause' in error);

/** The chain of causes, through the several addresses one connection may have tried. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const tried = error instanceof AggregateError ? error.errors.flatMap(causes) : [];
  return [error, ...tried, ...causes(error.cause)];
}

const isBeforeConnection = (error: Error) =>
  ('syscall' in error && connecting.has(String(error.syscall))) ||
  ('code' in error && notConnected.test(String(error.code)));
