import { createServer } from 'node:http';
import { type Redirect, readRedirect } from './authorization.ts';

export type RedirectListener = {
  /** What the browser brings back to this sign-in. */
  redirect: Promise<Redirect>;
  close(): void;
};

/** Waits for the browser at the redirect address; undefined where nobody can listen there. */
export async function listenForRedirect(
  redirectUri: string,
  state: string,
): Promise<RedirectListener | undefined> {
  const { hostname, port, pathname } = new URL(redirectUri);
  const { promise, resolve } = Promise.withResolvers<Redirect>();
  const server = createServer((request, response) => {
    const { url = '', method } = request;
    const isOurs = method === 'GET' && new URL(url, redirectUri).pathname === pathname;
    const redirect: Redirect = isOurs ? readRedirect(url, state) : { kind: 'other' };
    const isKnown = redirect.kind !== 'other';
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'text/plain', connection: 'close' });
    response.end(
      isKnown ? 'Back to the terminal: this window can be closed.' : 'Not of this sign-in.',
    );
    if (isKnown) resolve(redirect);
  });
  const isListening = await new Promise<boolean>((settle) => {
    server.once('error', () => settle(false));
    server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''), () => settle(true));
  });
  if (!isListening) return undefined;
  return {
    redirect: promise,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
