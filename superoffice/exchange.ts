import ky, { isNetworkError } from 'ky';
import type { Clock } from './clock.ts';
import { watchRequests } from './watched-requests.ts';

/** How one HTTP exchange ended, before anybody reads meaning into it. */
export type Exchange =
  | { kind: 'response'; status: number; headers: Headers; body: string }
  /** Longer than the bound; the rest was not read. */
  | { kind: 'too-large'; status: number }
  | { kind: 'timeout' }
  /** The request never left: no address, or no connection that stood in time. */
  | { kind: 'unreachable' }
  /** The connection broke once the request may have left. */
  | { kind: 'connection-lost' };

export type Fetch = typeof globalThis.fetch;

export type ExchangeOptions = {
  url: URL;
  method: 'GET' | 'POST';
  /** One that is undefined is not sent. */
  headers: Record<string, string | undefined>;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  /** Epoch milliseconds: a request that has not left by then does not leave. */
  sendBefore?: number | undefined;
  /** Told each time a request leaves: once, or twice where fetch repeats one that was answered 421. */
  onSent?: (() => void) | undefined;
  clock: Clock;
  fetch?: Fetch | undefined;
};

/** SuperOffice's answers are a few KB; anything near this is not one. */
const maxBodyBytes = 1_048_576;

/**
 * One HTTP exchange: no retry (the queue is the retry), no redirect followed (ky would send
 * SO-AppToken on), the answer read up to a bound, all within one timeout.
 * @throws whatever is no failure of the exchange: a bug.
 */
export async function exchange(options: ExchangeOptions): Promise<Exchange> {
  const { clock, sendBefore = Number.POSITIVE_INFINITY } = options;
  const giveUp = new AbortController();
  let isWaiting = false;
  const timers = [clock.after(options.timeoutMs, () => giveUp.abort())];
  if (sendBefore < clock.now() + options.timeoutMs) {
    timers.push(clock.after(sendBefore - clock.now(), () => isWaiting && giveUp.abort()));
  }
  const watcher = {
    onCreated() {
      isWaiting = true;
      // The repeat of a request whose 421 came late.
      if (clock.now() >= sendBefore) giveUp.abort();
    },
    onSent() {
      isWaiting = false;
      options.onSent?.();
    },
  };
  try {
    return await watchRequests(watcher, () => requestAndRead(options, giveUp.signal));
  } catch (error) {
    if (isWaiting) return { kind: 'unreachable' };
    if (giveUp.signal.aborted) return { kind: 'timeout' };
    if (isNetworkError(error)) return { kind: 'connection-lost' };
    throw error;
  } finally {
    for (const cancel of timers) cancel();
  }
}

async function requestAndRead(
  { url, method, headers, fetch }: ExchangeOptions,
  signal: AbortSignal,
): Promise<Exchange> {
  const response = await ky(url, {
    method,
    headers,
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    signal,
    ...(fetch && { fetch }),
  });
  const { status } = response;
  try {
    const body = await readBody(response);
    if (signal.aborted) return { kind: 'timeout' };
    if (body === undefined) return { kind: 'too-large', status };
    return { kind: 'response', status, headers: response.headers, body };
  } catch {
    // A body can fail only by what comes, or does not, over its connection.
    return { kind: signal.aborted ? 'timeout' : 'connection-lost' };
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
