import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { beginExchange, loopbackServers } from '../../support/exchange.ts';
import { until } from '../../support/until.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const start = loopbackServers();
const ok: RequestListener = (_, response) => response.end('{}');
const never: RequestListener = () => {};
const overTls = { overTls: true, isTrusted: true };

describe('exchange: before its request has left', () => {
  it('is unreachable where the port is refused', async () => {
    const server = await start(ok);
    server.close();
    const { ended, sent, clock } = beginExchange(server.url());

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual([]);
    expect(clock.sleeping()).toBe(0);
  });

  it('is unreachable where the host is unknown', async () => {
    // Longer than a label may be: no name server has to be asked.
    const { ended, sent } = beginExchange(new URL(`https://${'x'.repeat(64)}.example/`));

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(sent).toEqual([]);
  });

  it('is unreachable where the certificate is not trusted', async () => {
    const server = await start(ok, { overTls: true });
    const { ended, sent } = beginExchange(server.url());

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect([sent, server.requests]).toEqual([[], []]);
  });

  it('is unreachable where the other side hangs up instead of shaking hands', async () => {
    const server = await start(ok, { overTls: true, holdsConnections: true });
    const { ended, sent } = beginExchange(server.url());
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
      const server = await start(ok, { ...overTls, holdsConnections: true });
      const { ended, clock, sent } = beginExchange(server.url('/late'), given);
      await until('a connection', () => server.held.length > 0);

      await clock.advance(999);
      expect(clock.sleeping()).toBeGreaterThan(0);
      await clock.advance(1);
      expect(await ended).toEqual({ kind: 'unreachable' });
      const next = beginExchange(server.url('/next'));
      await until('the next request', () => {
        server.letIn();
        return next.sent.length > 0;
      });

      expect(await next.ended).toMatchObject({ kind: 'response' });
      expect(server.requests).toEqual(['POST /next']);
      expect(sent).toEqual([]);
    },
  );

  it.each([0, -1_000])('sends nothing where sendBefore has passed by %i ms', async (ms) => {
    const server = await start(ok);
    // Whose connection stands.
    await beginExchange(server.url('/before')).ended;
    const { ended, sent } = beginExchange(server.url(), { sendBefore: startOfTime + ms });

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect([sent, server.requests]).toEqual([[], ['POST /before']]);
  });
});

describe('exchange: where its connection stands late', () => {
  it('leaves just before sendBefore, and then has its whole time', async () => {
    const server = await start(never, { ...overTls, holdsConnections: true });
    const { ended, clock, sent } = beginExchange(server.url(), { sendBefore: startOfTime + 1_000 });
    await until('a connection', () => server.held.length > 0);
    await clock.advance(999);
    server.letIn();
    await until('a request', () => server.requests.length > 0);

    await clock.advance(4_000);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);

    expect(await ended).toEqual({ kind: 'timeout' });
    expect(sent).toEqual(['sent']);
  });

  it.each([4_999, 5_000, 5_001])('has no more time than the timeout: %i ms', async (ms) => {
    const server = await start(ok, { ...overTls, holdsConnections: true });
    const { ended, clock } = beginExchange(server.url(), { sendBefore: startOfTime + ms });
    await until('a connection', () => server.held.length > 0);

    await clock.until(ended);

    expect(await ended).toEqual({ kind: 'unreachable' });
    expect(clock.now()).toBe(startOfTime + Math.min(ms, 5_000));
  });
});

describe('exchange: connections', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['over TLS', overTls],
    ['without', {}],
  ])('are used again, %s', async (_, options) => {
    const server = await start(ok, options);
    const connections = server.connections;

    for (let call = 0; call < 3; call += 1) {
      expect(await beginExchange(server.url()).ended).toMatchObject({ kind: 'response' });
    }

    expect(connections.count).toBe(1);
  });

  it('are not used again after four seconds: a sandbox may have been frozen', async () => {
    const server = await start(ok, overTls);
    await beginExchange(server.url()).ended;
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 3_900);
    await beginExchange(server.url()).ended;
    expect(server.connections.count).toBe(1);

    jest.spyOn(Date, 'now').mockImplementation(() => now + 8_000);
    expect(await beginExchange(server.url()).ended).toMatchObject({ kind: 'response' });

    expect(server.connections.count).toBe(2);
    await until('the end of the first', () => server.connections.open === 1, 1_000);
  });

  it('are not used again once the other side closed them', async () => {
    const server = await start(
      (_, response) => response.writeHead(200, { connection: 'close' }).end(),
      overTls,
    );

    for (let call = 0; call < 2; call += 1) {
      expect(await beginExchange(server.url()).ended).toMatchObject({ kind: 'response' });
    }
  });

  it('are lost where the other side closes one that is used again', async () => {
    let answered = 0;
    const server = await start((_, response) => {
      answered += 1;
      if (answered === 1) response.end();
      else response.socket?.destroy();
    }, overTls);
    await beginExchange(server.url()).ended;

    const { ended, sent } = beginExchange(server.url());

    expect(await ended).toEqual({ kind: 'connection-lost' });
    expect(sent).toEqual(['sent']);
    expect(answered).toBe(2);
  });
});
