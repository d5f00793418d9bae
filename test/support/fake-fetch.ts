import { channel } from 'node:diagnostics_channel';
import type { Fetch } from '../../superoffice/exchange.ts';

/** Requests that left, repeats included. */
export type FakeFetch = { fetch: Fetch; requests: Request[] };

const created = channel('undici:request:create');
const sending = channel('undici:client:sendHeaders');

/**
 * In place of the network: answers each request with what `respond` says, and remembers it. Like
 * Node's fetch it publishes that it has a request, and that the request leaves, on undici's
 * channels, and sends once more what is answered 421.
 * @param connect resolves when a connection stands, rejects where none does
 */
export function fakeFetch(
  respond: (request: Request) => Response | Promise<Response>,
  connect: () => Promise<unknown> = () => Promise.resolve(),
): FakeFetch {
  const requests: Request[] = [];

  async function send(request: Request): Promise<Response> {
    const message = { request: {} };
    created.publish(message);
    request.signal.throwIfAborted();
    await Promise.race([connect(), hangs(request)]);
    sending.publish(message);
    requests.push(request);
    return await respond(request);
  }

  return {
    requests,
    async fetch(input, init) {
      const request = new Request(input, init);
      const response = await send(request);
      return response.status === 421 ? await send(request) : response;
    },
  };
}

/** Never answers; fails as fetch does once the request is given up. */
export const hangs = (request: Request): Promise<Response> =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
  });

export const json = (value: unknown, init?: ResponseInit) => Response.json(value, init);

/** How fetch fails before a connection stands. */
export const connectionRefused = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    }),
  });

/** How fetch fails when the connection breaks under it. */
export const connectionReset = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  });
