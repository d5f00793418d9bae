import type { Exchange, exchange } from '../../superoffice/exchange.ts';

/** Requests that left. */
export type FakeExchange = { exchange: typeof exchange; requests: Request[] };

/**
 * In place of the network, with all that `exchange` promises: answers each request with what
 * `respond` says, and remembers it.
 * @param connect resolves when a connection stands, rejects where none does
 */
export function fakeExchange(
  respond: (request: Request) => Response | Promise<Response>,
  connect: (request: Request) => Promise<unknown> = async () => undefined,
): FakeExchange {
  const requests: Request[] = [];

  return {
    requests,
    async exchange({ url, method, headers, body, timeoutMs, sendBefore, onSent, clock }) {
      const given = Object.entries(headers).filter((header): header is [string, string] =>
        Boolean(header[1]),
      );
      const giveUp = new AbortController();
      const { signal } = giveUp;
      const sent = body === undefined ? {} : { body };
      const request = new Request(url, { method, headers: given, signal, ...sent });
      const latest = Math.min(sendBefore ?? Number.POSITIVE_INFINITY, clock.now() + timeoutMs);
      let hasLeft = false;
      const timers = [
        clock.after(timeoutMs, () => giveUp.abort()),
        clock.after(latest - clock.now(), () => hasLeft || giveUp.abort()),
      ];
      try {
        await Promise.race([connect(request), hangs(request)]);
        if (clock.now() >= latest) return { kind: 'unreachable' };
        hasLeft = true;
        requests.push(request);
        onSent?.();
        return await read(await Promise.race([respond(request), hangs(request)]));
      } catch (error) {
        if (!giveUp.signal.aborted && !(error instanceof ConnectionError)) throw error;
        if (!hasLeft) return { kind: 'unreachable' };
        return { kind: giveUp.signal.aborted ? 'timeout' : 'connection-lost' };
      } finally {
        for (const cancel of timers) cancel();
      }
    },
  };
}

async function read(response: Response): Promise<Exchange> {
  const { status } = response;
  const body = await response.text();
  if (body.length > 1_048_576) return { kind: 'too-large', status };
  return { kind: 'response', status, headers: Object.fromEntries(response.headers), body };
}

/** Never answers; fails once the request is given up. */
export const hangs = (request: Request): Promise<Response> =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
  });

export const json = (value: unknown, init?: ResponseInit) => Response.json(value, init);

/** How a connection fails, before it stands or once it does. */
export class ConnectionError extends Error {}
