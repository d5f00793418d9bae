import type { RequestListener, ServerResponse } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ExchangeOptions, exchange } from '../../../superoffice/exchange.ts';
import { certificate, type LoopbackServer, startServer } from '../../support/loopback-server.ts';
import { until } from '../../support/until.ts';
import { createVirtualClock, startOfTime } from '../../support/virtual-clock.ts';

const trusted = getCACertificates('default');
const servers: LoopbackServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  setDefaultCACertificates(trusted);
});

async function start(answer: RequestListener, options: Parameters<typeof startServer>[1] = {}) {
  const server = await startServer(answer, options);
  servers.push(server);
  return server;
}

/** An exchange by Node's own fetch, its time held by hand. */
function begin(url: URL, given: Partial<ExchangeOptions> = {}) {
  const clock = createVirtualClock();
  const sent: string[] = [];
  const ended = exchange({
    url,
    method: 'POST',
    headers: { authorization: 'SOTicket secret-ticket' },
    timeoutMs: 5_000,
    onSent: () => sent.push('sent'),
    clock,
    ...given,
  });
  return { ended, clock, sent };
}

const ok: RequestListener = (_, response) => response.end('{}');
const isAsked = (server: LoopbackServer) => until('a request', () => server.requests.length > 0);

describe('exchange: before its request has left', () => {
  it('is unreachable where the port is refused', async () => {
    const server = await start(ok);
    server.close();
    const { ended, sent } = begin(server.url());

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual([]);
  });

  it('is unreachable where the host is unknown', async () => {
    // Longer than a label may be: no name server has to be asked.
    const { ended, sent } = begin(new URL(`http://${'x'.repeat(64)}.example/`));

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual([]);
  });

  it('is unreachable where the certificate is not trusted', async () => {
    const server = await start(ok, { overTls: true });
    const { ended, sent } = begin(server.url());

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect([sent, server.requests]).toEqual([[], []]);
  });

  it('is unreachable where the other side hangs up instead of shaking hands', async () => {
    const server = await start(ok, { overTls: true, holdsConnections: true });
    const { ended, sent } = begin(server.url());
    await until('a connection', () => server.held.length > 0);

    server.close();

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual([]);
  });

  it.each([
    ['the timeout', { timeoutMs: 1_000 }],
    ['sendBefore', { sendBefore: startOfTime + 1_000 }],
  ])(
    'is unreachable where no handshake is done by %s, and sends nothing after',
    async (_, given) => {
      setDefaultCACertificates([certificate]);
      const server = await start(ok, { overTls: true, holdsConnections: true });
      const { ended, clock, sent } = begin(server.url('/late'), given);
      await until('a connection', () => server.held.length > 0);

      await clock.advance(1_000);
      expect(await ended).toEqual({ kind: 'unreachable' });
      const next = begin(server.url('/next'));
      await until('the next request', () => {
        server.letIn();
        return next.sent.length > 0;
      });

      expect(await next.ended).toMatchObject({ kind: 'response' });
      expect(server.requests).toEqual(['POST /next']);
      expect(sent).toEqual([]);
    },
  );
});

describe('exchange: once its request has left', () => {
  it('is a response, over TLS as well', async () => {
    setDefaultCACertificates([certificate]);
    const server = await start(ok, { overTls: true });
    const { ended, sent } = begin(server.url());

    expect(await ended).toMatchObject({ kind: 'response', status: 200, body: '{}' });
    expect(sent).toEqual(['sent']);
  });

  const noAnswer = () => {};
  const halfAnswer: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': 99 }).write('{');
  };
  it.each<[string, RequestListener]>([
    ['no answer begins', noAnswer],
    ['no answer ends', halfAnswer],
  ])('is a timeout where %s in time', async (_, answer) => {
    const server = await start(answer);
    const { ended, clock, sent } = begin(server.url(), { sendBefore: startOfTime + 100 });
    await isAsked(server);

    await clock.advance(4_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);

    expect(await ended).toEqual({ kind: 'timeout' });
    expect(sent).toEqual(['sent']);
  });

  const raw = (answer: string) => (response: ServerResponse) => {
    response.socket?.end(answer);
  };
  it.each<[string, (response: ServerResponse) => void]>([
    ['the connection is reset', ({ socket }) => socket?.resetAndDestroy()],
    ['the connection is closed', ({ socket }) => socket?.end()],
    ['the answer breaks off', raw('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{')],
    ['the answer is no HTTP', raw('hello\r\n\r\n')],
    [
      'the answer cannot be decompressed',
      raw('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello'),
    ],
    ['fetch does not hand it out', raw('HTTP/1.1 407 Proxy\r\ncontent-length: 0\r\n\r\n')],
  ])('is a lost connection where %s', async (_, break_) => {
    const server = await start((__, response) => break_(response));
    const { ended, sent } = begin(server.url(), { method: 'GET' });

    expect(await ended).toEqual({ kind: 'connection-lost' });
    expect(sent).toEqual(['sent']);
    expect(server.requests).toHaveLength(1);
  });

  it('closes the connection over which too much comes', async () => {
    let isClosed = false;
    const server = await start((_, response) => {
      response.once('close', () => {
        isClosed = true;
      });
      response.writeHead(200, { 'content-length': 9_000_000 }).write('x'.repeat(2_000_000));
    });

    expect(await begin(server.url()).ended).toEqual({ kind: 'too-large', status: 200 });
    await until('the connection’s end', () => isClosed);
  });

  it('follows no redirect', async () => {
    const server = await start((_, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );

    expect(await begin(server.url('/here')).ended).toMatchObject({ kind: 'response', status: 302 });
    expect(server.requests).toEqual(['POST /here']);
  });

  it.each([429, 500, 503])('asks once, whatever the answer: %i', async (status) => {
    const server = await start((_, response) =>
      response.writeHead(status, { 'retry-after': '0' }).end(),
    );

    expect(await begin(server.url(), { method: 'GET' }).ended).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });
});

describe('exchange: where fetch repeats what is answered 421', () => {
  /** Answers 421 to the first request. */
  const misdirectsOnce = (then: RequestListener): RequestListener => {
    let isFirst = true;
    return (request, response) => {
      if (!isFirst) return then(request, response);
      isFirst = false;
      response.writeHead(421).end();
    };
  };

  it('tells of both requests, and answers with the second', async () => {
    const server = await start(misdirectsOnce(ok));
    const { ended, sent } = begin(server.url());

    expect(await ended).toMatchObject({ kind: 'response', status: 200 });
    expect(sent).toEqual(['sent', 'sent']);
    expect(server.requests).toHaveLength(2);
  });

  it('is unreachable where no connection stands for the second: nothing was applied', async () => {
    const server = await start((_, response) => {
      server.refuseConnections();
      response.writeHead(421, { connection: 'close' }).end();
    });
    const { ended, sent } = begin(server.url());

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual(['sent']);
  });

  it('lets the second not leave after sendBefore', async () => {
    const answers: (() => void)[] = [];
    const server = await start((_, response) => {
      answers.push(() => response.writeHead(421).end());
    });
    const { ended, clock, sent } = begin(server.url(), { sendBefore: startOfTime + 1_000 });
    await isAsked(server);

    await clock.advance(1_000);
    answers[0]?.();

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect([sent, server.requests]).toEqual([['sent'], ['POST /']]);
  });
});
