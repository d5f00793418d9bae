import type { Fetch } from '../../superoffice/exchange.ts';

export type FakeFetch = { fetch: Fetch; requests: Request[] };

/** In place of the network: answers each request with what `respond` says, and remembers it. */
export function fakeFetch(respond: (request: Request) => Response | Promise<Response>): FakeFetch {
  const requests: Request[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      return await respond(request);
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
