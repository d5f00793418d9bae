import type { RequestListener } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach } from '@jest/globals';
import { type ExchangeOptions, exchange } from '../../superoffice/exchange.ts';
import { certificate, type LoopbackServer, startServer } from './loopback-server.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** An exchange over the network, its time held by hand. */
export function beginExchange(url: URL, given: Partial<ExchangeOptions> = {}) {
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

/** Servers for the tests of a file, closed after each. */
export function loopbackServers() {
  const trusted = getCACertificates('default');
  const servers: LoopbackServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    setDefaultCACertificates(trusted);
  });

  return async (
    answer: RequestListener,
    {
      isTrusted = false,
      ...options
    }: Parameters<typeof startServer>[1] & { isTrusted?: boolean } = {},
  ) => {
    if (isTrusted) setDefaultCACertificates([certificate]);
    const server = await startServer(answer, options);
    servers.push(server);
    return server;
  };
}
