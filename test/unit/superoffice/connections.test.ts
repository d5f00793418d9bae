import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { openConnection } from '../../../superoffice/connections.ts';
import { beginExchange, loopbackServers } from '../../support/exchange.ts';
import { until } from '../../support/until.ts';

const start = loopbackServers();
const ok: RequestListener = (_, response) => response.end('{}');
const overTls = { overTls: true, isTrusted: true };

describe('openConnection', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('opens the connection that the next exchange takes, and sends nothing on it', async () => {
    const server = await start(ok, overTls);

    await openConnection(server.url().origin);
    expect([server.connections.count, server.requests]).toEqual([1, []]);
    for (const path of ['/next', '/one-more']) {
      expect(await beginExchange(server.url(path)).ended).toMatchObject({ kind: 'response' });
    }

    expect(server.connections.count).toBe(1);
    expect(server.requests).toEqual(['POST /next', 'POST /one-more']);
  });

  it('opens one that only one exchange takes', async () => {
    const server = await start(ok, overTls);

    await openConnection(server.url().origin);
    await Promise.all([beginExchange(server.url()).ended, beginExchange(server.url()).ended]);

    expect(server.connections.count).toBe(2);
  });

  it('opens one that is not taken where the other side closed it', async () => {
    const server = await start(ok, overTls);
    await openConnection(server.url().origin);

    server.dropConnections();
    await until('the connection’s end', () => server.connections.open === 0);
    await new Promise(setImmediate);

    expect(await beginExchange(server.url()).ended).toMatchObject({ kind: 'response' });
  });

  it('opens one that is not taken after four seconds: a sandbox may have been frozen', async () => {
    const server = await start(ok, overTls);
    await openConnection(server.url().origin);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 4_000);

    const { ended } = beginExchange(server.url(), { timeoutMs: 60_000 });
    await until('a second connection', () => server.connections.count === 2);
    await until('the end of the first', () => server.connections.open === 1, 1_000);

    expect(await ended).toMatchObject({ kind: 'response' });
  });

  it.each([
    ['nothing listens there', 'https://127.0.0.1:1'],
    ['it is no origin', 'crm.example.com'],
  ])('resolves where %s', async (_, origin) => {
    expect(await openConnection(origin)).toBeUndefined();
  });

  it('opens none where there would be no TLS', async () => {
    const server = await start(ok);

    await openConnection(server.url().origin);

    expect(server.connections.count).toBe(0);
  });

  it('resolves where the certificate is not trusted', async () => {
    const server = await start(ok, { overTls: true });

    expect(await openConnection(server.url().origin)).toBeUndefined();
  });
});
