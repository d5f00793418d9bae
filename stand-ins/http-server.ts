import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/** Where a stand-in listens: a free port of the loopback unless told otherwise. */
export type ListenOptions = { port?: number | undefined; host?: string | undefined };

/** A server that listens; `close` ends it at once, connections that hang included. */
export type Listening = { origin: string; close(): Promise<void> };

/**
 * How long an idle connection is kept. IIS, which SuperOffice runs on, has two minutes; Node's five
 * seconds would race with callers, and a connection closed just then would look like a fault.
 */
export const keepAliveTimeoutMs = 120_000;

/** Starts a server; resolves with its address, e.g. `http://127.0.0.1:40135`. */
export async function listen(
  server: NetServer,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Ends a server at once: connections that hang are closed, too. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
