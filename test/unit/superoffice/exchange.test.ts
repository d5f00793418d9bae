import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { beginExchange, loopbackServers } from '../../support/exchange.ts';
import { until } from '../../support/until.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const start = loopbackServers();
const mebibyte = 1_048_576;
const raw = (answer: string) => (response: ServerResponse) => {
  response.socket?.end(answer);
};

describe('exchange', () => {
  const endOf = async (answer: RequestListener) =>
    await beginExchange((await start(answer)).url()).ended;

  it('hands back status, headers and body', async () => {
    const ended = await endOf((_, response) => response.writeHead(404, { 'X-A': 'b' }).end('{}'));

    expect(ended).toMatchObject({ kind: 'response', status: 404, body: '{}' });
    expect(ended.kind === 'response' && ended.headers['x-a']).toBe('b');
  });

  it('hands back no body as an empty one', async () => {
    const ended = await endOf((_, response) => response.writeHead(204).end());

    expect(ended).toMatchObject({ kind: 'response', status: 204, body: '' });
  });

  it('takes an answer of 101, after which nothing comes, for a lost connection', async () => {
    const switches = raw(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    );

    expect(await endOf((_, response) => switches(response))).toEqual({ kind: 'connection-lost' });
  });

  it('sends method, path and headers, but those that are undefined', async () => {
    let headers: IncomingHttpHeaders = {};
    const server = await start((request, response) => {
      headers = request.headers;
      response.end();
    });

    await beginExchange(server.url('/api/v1/x?y=%20z'), {
      headers: { authorization: 'SOTicket secret-ticket', 'so-apptoken': undefined },
    }).ended;

    expect(server.requests).toEqual(['POST /api/v1/x?y=%20z']);
    expect(headers).toEqual({
      host: server.url().host,
      authorization: 'SOTicket secret-ticket',
      // IIS refuses a POST without one.
      'content-length': '0',
      connection: 'keep-alive',
    });
  });

  it('reads a body split within a character', async () => {
    // Comes in several pieces, of which none ends where a character does each time.
    const body = `x${'é€'.repeat(100_000)}`;
    const ended = await endOf((_, response) => response.end(body));

    expect(ended.kind === 'response' && ended.body === body).toBe(true);
  });

  it('reads a body broken off within a character', async () => {
    const ended = await endOf((_, response) => response.end(Uint8Array.of(0xc3)));

    expect(ended).toMatchObject({ body: '\ufffd' });
  });

  it('reads a body that begins with a byte order mark without it', async () => {
    expect(await endOf((_, response) => response.end('\ufeff{}'))).toMatchObject({ body: '{}' });
  });

  it('reads a body that ends with its connection', async () => {
    const ended = await endOf((_, response) => raw('HTTP/1.1 200 OK\r\n\r\n{}')(response));

    expect(ended).toMatchObject({ kind: 'response', body: '{}' });
  });

  it('reads a body up to a mebibyte', async () => {
    const ended = await endOf((_, response) => response.end('x'.repeat(mebibyte)));

    expect(ended).toMatchObject({ kind: 'response' });
  });

  it('reads no further than that, and closes the connection over which it comes', async () => {
    let isClosed = false;
    const ended = await endOf((_, response) => {
      response.once('close', () => {
        isClosed = true;
      });
      response.writeHead(500, { 'content-length': 9_000_000 }).write('x'.repeat(mebibyte + 1));
    });

    expect(ended).toEqual({ kind: 'too-large', status: 500 });
    await until('the connection’s end', () => isClosed);
  });

  it('follows no redirect', async () => {
    const server = await start((_, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );

    const { ended } = beginExchange(server.url('/here'));

    expect(await ended).toMatchObject({ kind: 'response', status: 302 });
    expect(server.requests).toEqual(['POST /here']);
  });

  it.each([421, 429, 500, 503])('asks once, whatever the answer: %i', async (status) => {
    const server = await start((_, response) =>
      response.writeHead(status, { 'retry-after': '0' }).end(),
    );
    const { ended, sent } = beginExchange(server.url(), { method: 'GET' });

    expect(await ended).toMatchObject({ status });
    expect([sent, server.requests]).toEqual([['sent'], ['GET /']]);
  });

  it('throws what is no failure of the exchange, and leaves no timer behind', async () => {
    const server = await start((_, response) => response.end());
    const { ended, clock } = beginExchange(server.url(), { headers: { authorization: 'a\nb' } });

    await expect(ended).rejects.toThrow('authorization');
    expect(clock.sleeping()).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const server = await start((_, response) => response.end());
    const { ended, clock } = beginExchange(server.url(), { sendBefore: startOfTime + 1_000 });

    await ended;

    expect(clock.sleeping()).toBe(0);
  });
});

describe('exchange: once its request has left', () => {
  const noAnswer = () => {};
  const halfAnswer: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': 99 }).write('{');
  };

  it.each<[string, RequestListener]>([
    ['no answer begins', noAnswer],
    ['no answer ends', halfAnswer],
  ])('is a timeout where %s in time', async (_, answer) => {
    const server = await start(answer);
    const { ended, clock, sent } = beginExchange(server.url(), { sendBefore: startOfTime + 100 });
    await until('a request', () => server.requests.length > 0);

    await clock.advance(4_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);

    expect(await ended).toEqual({ kind: 'timeout' });
    expect(sent).toEqual(['sent']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['the connection is reset', ({ socket }) => socket?.resetAndDestroy()],
    ['the connection is closed', ({ socket }) => socket?.end()],
    ['the answer breaks off', raw('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{')],
    ['the answer is no HTTP', raw('hello\r\n\r\n')],
    ['the answer stops being HTTP', raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx')],
  ])('is a lost connection where %s', async (_, break_) => {
    const server = await start((__, response) => break_(response));
    const { ended, sent } = beginExchange(server.url(), { method: 'GET' });

    expect(await ended).toEqual({ kind: 'connection-lost' });
    expect(sent).toEqual(['sent']);
    expect(server.requests).toHaveLength(1);
  });
});
