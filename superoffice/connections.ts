import type { ClientRequest, ClientRequestArgs } from 'node:http';
import { Agent, type RequestOptions, request as requestOverTls } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { startSpan, systemClock, type TimeSpan } from './clock.ts';

/** One that was idle for longer may have been closed by the other side, unseen. */
const longestIdleMs = 4_000;

/**
 * Keeps connections between requests, and uses one that was opened ahead before it makes another. How
 * long one was idle is told by the clock: timers stand still while Lambda has a sandbox frozen.
 */
class ConnectionAgent extends Agent {
  readonly #ahead = new Map<string, Duplex>();
  /** From when a connection stood, or was used last. */
  readonly #usable = new WeakMap<Duplex, TimeSpan>();

  /** Closes what was idle for too long. */
  closeIdle(): void {
    const idle = [...this.#ahead.values(), ...Object.values(this.freeSockets).flat()];
    for (const socket of idle) {
      if (socket && this.#usable.get(socket)?.isOver()) socket.destroy();
    }
  }

  /** Whether it was opened ahead, or used before. */
  stands(socket: Duplex): boolean {
    return this.#usable.has(socket);
  }

  /** Whether it is kept, which the type of the agent does not know it is asked. */
  override keepSocketAlive(socket: Duplex): boolean {
    this.#usable.set(socket, startSpan(systemClock, longestIdleMs));
    return Boolean(super.keepSocketAlive(socket));
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    const key = `${options.host}:${options.port}`;
    const ahead = this.#ahead.get(key);
    this.#ahead.delete(key);
    if (ahead && !ahead.destroyed) return ahead;
    return super.createConnection(options, callback);
  }

  /** Resolves when the connection stands, or could not be made. */
  async open(url: URL): Promise<void> {
    const { hostname: host, port = 443 } = urlToHttpOptions(url);
    const servername = host && !isIP(host) ? host : '';
    const socket = super.createConnection({ ...this.options, host, port, servername }) as TLSSocket;
    await new Promise<void>((resolve) => {
      socket.once('secureConnect', () => {
        this.#usable.set(socket, startSpan(systemClock, longestIdleMs));
        this.#ahead.set(`${host}:${port}`, socket);
        resolve();
      });
      // One that breaks before its first use is no error.
      socket.on('error', () => resolve());
    });
  }
}

const agent = new ConnectionAgent({ keepAlive: true, timeout: longestIdleMs });

/**
 * Opens the connection that the next request to this origin takes, and sends nothing on it. Resolves
 * when it stands, or could not be made: whoever calls next makes its own, or finds why not. Never
 * rejects. Only over TLS, since that is what takes long.
 */
export async function openConnection(origin: string): Promise<void> {
  if (!URL.canParse(origin)) return;
  const url = new URL(origin);
  if (url.protocol === 'https:') await agent.open(url);
}

/** What makes a request to that address. Nothing of it leaves until its `end` is called. */
export async function requestTo(url: URL): Promise<(options: RequestOptions) => ClientRequest> {
  if (url.protocol === 'https:') {
    return (options) => {
      agent.closeIdle();
      return requestOverTls(url, { ...options, agent });
    };
  }
  // Not loaded where nobody calls over plain HTTP, as nobody does on Lambda: as an ES module it
  // brings Node's fetch along, which takes longer to load than all of the function.
  const { request } = await import('node:http');
  return (options) => request(url, options);
}

/** Calls back once the request has a connection that stands: one that was kept, or a new one. */
export function whenConnected(request: ClientRequest, onConnected: () => void): void {
  request.once('socket', (socket: Socket) => {
    const isSecure = socket instanceof TLSSocket;
    if (isSecure ? agent.stands(socket) : !socket.connecting) onConnected();
    else socket.once(isSecure ? 'secureConnect' : 'connect', onConnected);
  });
}
