import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

const fileOf = (name: string) =>
  readFileSync(new URL(`../../stand-ins/superoffice/${name}`, import.meta.url), 'utf8');

/** What the server shows over TLS. Nobody trusts it unless told to. */
export const certificate = fileOf('loopback-certificate.pem');

export type LoopbackServer = Awaited<ReturnType<typeof startServer>>;

/** A server on this machine whose connections can be held back before anything comes of them. */
export async function startServer(
  answer: RequestListener,
  { overTls = false, holdsConnections = false } = {},
) {
  const requests: string[] = [];
  const handle: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  };
  const server = overTls
    ? createHttpsServer({ cert: certificate, key: fileOf('loopback-key.pem') }, handle)
    : createServer(handle);
  const sockets = new Set<Socket>();
  let count = 0;
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  const held: Socket[] = [];
  const letIn = () => {
    for (const socket of held.splice(0)) server.emit('connection', socket);
  };
  const entrance = createTcpServer({ pauseOnConnect: holdsConnections }, (socket) => {
    count += 1;
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    held.push(socket);
    if (!holdsConnections) letIn();
  });
  await new Promise<void>((resolve) => {
    entrance.listen(0, '127.0.0.1', resolve);
  });
  const { port } = entrance.address() as AddressInfo;
  return {
    url: (path = '/') => new URL(path, `http${overTls ? 's' : ''}://127.0.0.1:${port}`),
    requests,
    connections: {
      get count() {
        return count;
      },
      get open() {
        return sockets.size;
      },
    },
    dropConnections,
    /** Connections that wait. */
    held,
    letIn,
    close() {
      entrance.close();
      dropConnections();
    },
  };
}
