import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { keepAliveTimeoutMs, type Listening, type ListenOptions, listen } from '../http-server.ts';

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** For `NODE_EXTRA_CA_CERTS` of whoever calls the stand-in over TLS. */
export const certificateFile = fileOf('loopback-certificate.pem');

/**
 * Listens over TLS, behind connections that take `setUpMs` longer than they need: each is accepted
 * at once, and its handshake left waiting, so that no request can leave before.
 */
export async function listenOverTls(
  handle: RequestListener,
  { setUpMs, ...options }: ListenOptions & { setUpMs: number },
): Promise<Listening> {
  const cert = readFileSync(certificateFile);
  const key = readFileSync(fileOf('loopback-key.pem'));
  const server = createHttpsServer({ cert, key, keepAliveTimeout: keepAliveTimeoutMs }, handle);
  const sockets = new Set<Socket>();
  const entrance = createTcpServer({ pauseOnConnect: true }, (socket) => {
    const timer = setTimeout(() => server.emit('connection', socket), setUpMs);
    sockets.add(socket);
    socket.once('close', () => {
      clearTimeout(timer);
      sockets.delete(socket);
    });
  });
  const origin = await listen(entrance, options);
  return {
    origin: origin.replace('http:', 'https:'),
    async close() {
      const closed = new Promise((resolve) => entrance.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Ends a connection without a word; over TLS Node cannot send a reset, and just closes it. */
export function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
