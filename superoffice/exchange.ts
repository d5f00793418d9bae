import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Clock } from './clock.ts';
import { requestTo, whenConnected } from './connections.ts';

/** How one HTTP exchange ended, before anybody reads meaning into it. */
export type Exchange =
  | { kind: 'response'; status: number; headers: IncomingHttpHeaders; body: string }
  /** Longer than the bound; the rest was not read. */
  | { kind: 'too-large'; status: number }
  | { kind: 'timeout' }
  /** The request never left: no address, or no connection that stood in time. */
  | { kind: 'unreachable' }
  /** The connection broke once the request may have left. */
  | { kind: 'connection-lost' };

export type ExchangeOptions = {
  url: URL;
  method: 'GET' | 'POST';
  /** One that is undefined is not sent. */
  headers: Record<string, string | undefined>;
  body?: string;
  /** For the whole exchange, body included. */
  timeoutMs: number;
  /** Epoch milliseconds: a request that has not left by then does not leave. */
  sendBefore?: number | undefined;
  /** Told when the request leaves. */
  onSent?: (() => void) | undefined;
  clock: Clock;
};

/** SuperOffice's answers are a few KB; anything near this is not one. */
const maxBodyBytes = 1_048_576;

/**
 * One HTTP exchange: no retry (the queue is the retry), no redirect followed, the answer read up to
 * a bound, all within one timeout. The request leaves once a connection stands, not before: what
 * ends without having left was surely not applied.
 * @throws whatever is no failure of the exchange: a bug.
 */
export async function exchange(options: ExchangeOptions): Promise<Exchange> {
  const { url, method, timeoutMs, sendBefore = Number.POSITIVE_INFINITY, clock } = options;
  const headers = Object.entries(options.headers).filter(([, value]) => value !== undefined);
  const makeRequest = await requestTo(url);
  const request = makeRequest({ method, headers: Object.fromEntries(headers) });
  let hasLeft = false;
  let isLate = false;
  const giveUp = () => request.destroy();
  const timers = [
    clock.after(timeoutMs, () => {
      isLate = true;
      giveUp();
    }),
  ];
  if (sendBefore < clock.now() + timeoutMs) {
    timers.push(clock.after(sendBefore - clock.now(), () => hasLeft || giveUp()));
  }
  whenConnected(request, () => {
    if (clock.now() >= sendBefore) {
      giveUp();
      return;
    }
    hasLeft = true;
    options.onSent?.();
    request.end(options.body);
  });
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.once('response', resolve);
  // Again after the answer began: then it is seen as that breaks off.
  request.on('error', reject);
  // All that comes of an answer of 101, which nobody asked for.
  request.once('close', reject);
  try {
    return await read(await answered);
  } catch {
    if (!hasLeft) return { kind: 'unreachable' };
    return { kind: isLate ? 'timeout' : 'connection-lost' };
  } finally {
    for (const cancel of timers) cancel();
  }
}

async function read(response: IncomingMessage): Promise<Exchange> {
  const { statusCode: status = 0, headers } = response;
  const decoder = new TextDecoder();
  let body = '';
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > maxBodyBytes) return { kind: 'too-large', status };
    body += decoder.decode(chunk, { stream: true });
  }
  return { kind: 'response', status, headers, body: body + decoder.decode() };
}
