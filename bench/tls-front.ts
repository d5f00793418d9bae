import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { certificateFile } from '../stand-ins/superoffice/tls.ts';

const keyFile = fileURLToPath(
  new URL('../stand-ins/superoffice/loopback-key.pem', import.meta.url),
);

export type TlsFront = {
  origin: string;
  close(): Promise<void>;
};

/**
 * Puts TLS and a way of so many milliseconds in front of a stand-in, to be called with
 * `NODE_EXTRA_CA_CERTS` as `certificateFile`. Every byte takes that long in either direction, and the
 * first ones a round trip more, which a connection across a network takes to be made.
 */
export async function startTlsFront(origin: string, oneWayMs: number): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const noted = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay().on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const behind = Number(new URL(origin).port);
  const tls = createTlsServer(
    {
      cert: readFileSync(certificateFile),
      key: readFileSync(keyFile),
      noDelay: true,
    },
    (secure) => {
      const plain = noted(connect(behind, '127.0.0.1'));
      secure.on('error', () => plain.destroy());
      secure.pipe(plain).pipe(secure);
      secure.once('close', () => plain.destroy());
      plain.once('close', () => secure.destroy());
    },
  );
  const tlsPort = await portOf(tls);
  const entrance = createServer((client) => {
    const server = noted(connect(tlsPort, '127.0.0.1'));
    noted(client);
    carry(client, server, oneWayMs, 2 * oneWayMs);
    carry(server, client, oneWayMs, 0);
  });
  const port = await portOf(entrance);
  return {
    origin: `https://127.0.0.1:${port}`,
    async close() {
      const closed = [entrance, tls].map(closing);
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** Hands on what comes, in its order, each piece after its way; the first `extraMs` later than that. */
function carry(from: Socket, to: Socket, oneWayMs: number, extraMs: number): void {
  const notBefore = performance.now() + extraMs;
  const onTheWay: { due: number; arrive: () => void }[] = [];
  const send = (arrive: () => void) => {
    onTheWay.push({ due: Math.max(performance.now(), notBefore) + oneWayMs, arrive });
    if (onTheWay.length === 1) deliver();
  };
  const deliver = (): void => {
    const [next] = onTheWay;
    if (!next) return;
    const leftMs = next.due - performance.now();
    // Timers know whole milliseconds only.
    if (leftMs > 1) setTimeout(deliver, leftMs - 1);
    else if (leftMs > 0) setImmediate(deliver);
    else {
      onTheWay.shift();
      next.arrive();
      deliver();
    }
  };
  from.on('data', (chunk) => send(() => to.writable && to.write(chunk)));
  from.on('close', () => send(() => to.destroy()));
}

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const closing = (server: Server) => new Promise((resolve) => server.close(resolve));
