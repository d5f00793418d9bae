import { describe, expect, it } from '@jest/globals';
import { fixedTenant, isTrustworthy, onlineTenant } from '../../../superoffice/tenant-address.ts';
import { connectionRefused, fakeFetch, hangs, json } from '../../support/fake-fetch.ts';
import { createVirtualClock, startOfTime } from '../../support/virtual-clock.ts';

const running = (host: string, validMs = 60_000, now = startOfTime) =>
  json({
    ContextIdentifier: 'Cust12345',
    Endpoint: `https://${host}.example`,
    State: 'Running',
    IsRunning: true,
    ValidUntil: new Date(now + validMs).toISOString(),
    Api: `https://${host}.example/Cust12345/api/`,
  });
const down = (State: unknown = 'OfflineMaintenance') =>
  json({ State, IsRunning: false, Api: null });

type Respond = (request: Request) => Response | Promise<Response>;

/** Answers the questions one after the other; the last answer stays. */
function setUp(...answers: Respond[]) {
  const clock = createVirtualClock();
  const { fetch, requests } = fakeFetch((request) => {
    const respond = answers.length > 1 ? answers.shift() : answers[0];
    return respond?.(request) ?? Promise.reject(connectionRefused());
  });
  const stateUrl = 'https://online.superoffice.example/api/state/Cust12345';
  return { clock, requests, tenant: onlineTenant({ stateUrl, timeoutMs: 2_000, clock, fetch }) };
}

const addressOf = (host: string) => ({
  kind: 'running',
  webApiUrl: `https://${host}.example/Cust12345/api`,
});

describe('fixedTenant', () => {
  it('is where it was said to be, also after a 421', async () => {
    const tenant = fixedTenant('https://so.example/api');
    const address = { kind: 'running', webApiUrl: 'https://so.example/api' };

    expect(await tenant.current()).toEqual(address);
    expect(await tenant.renew('https://so.example/api')).toEqual(address);
  });
});

describe('onlineTenant', () => {
  it('asks the state service, without any credential', async () => {
    const { tenant, requests } = setUp(() => running('online2'));

    expect(await tenant.current()).toEqual(addressOf('online2'));
    expect(requests[0]?.url).toBe('https://online.superoffice.example/api/state/Cust12345');
    expect([...(requests[0]?.headers.keys() ?? [])]).toEqual(['accept', 'user-agent']);
  });

  it('keeps the address until ValidUntil', async () => {
    const { tenant, clock, requests } = setUp(
      () => running('online2', 60_000),
      () => running('online3'),
    );
    await tenant.current();

    await clock.advance(59_999);
    expect(await tenant.current()).toEqual(addressOf('online2'));
    await clock.advance(1);

    expect(await tenant.current()).toEqual(addressOf('online3'));
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['ten seconds where ValidUntil has passed', -5_000, 10_000],
    ['an hour where ValidUntil is far', 86_400_000, 3_600_000],
  ])('keeps the address for %s', async (_, validMs, keptMs) => {
    const { tenant, clock, requests } = setUp(() => running('online2', validMs));
    await tenant.current();

    await clock.advance(keptMs - 1);
    await tenant.current();
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    await tenant.current();

    expect(requests).toHaveLength(2);
  });

  it('asks once for all who wait', async () => {
    const { tenant, requests } = setUp(() => running('online2'));

    await Promise.all([tenant.current(), tenant.current(), tenant.renew('https://old.example')]);

    expect(requests).toHaveLength(1);
  });

  it('asks anew after a 421', async () => {
    const { tenant, clock } = setUp(
      () => running('online2'),
      () => running('online3'),
    );
    await tenant.current();
    await clock.advance(10_000);

    expect(await tenant.renew(addressOf('online2').webApiUrl)).toEqual(addressOf('online3'));
    expect(await tenant.current()).toEqual(addressOf('online3'));
  });

  it('does not ask anew for a call that went to an address already left', async () => {
    const { tenant, clock, requests } = setUp(() => running('online3'));
    await tenant.current();
    await clock.advance(20_000);

    expect(await tenant.renew(addressOf('online2').webApiUrl)).toEqual(addressOf('online3'));
    expect(requests).toHaveLength(1);
  });

  it('does not ask for every 421 where the address stays the same', async () => {
    const { tenant, clock, requests } = setUp(() => running('online2'));
    await tenant.current();
    await clock.advance(10_000);

    await tenant.renew(addressOf('online2').webApiUrl);
    await tenant.renew(addressOf('online2').webApiUrl);

    expect(requests).toHaveLength(2);
  });

  it('says that a tenant is down, and asks again in ten seconds', async () => {
    const { tenant, clock } = setUp(
      () => down(),
      () => running('online2'),
    );

    expect(await tenant.current()).toEqual({ kind: 'not-running', state: 'OfflineMaintenance' });
    await clock.advance(9_999);
    expect(await tenant.current()).toMatchObject({ kind: 'not-running' });
    await clock.advance(1);
    expect(await tenant.current()).toEqual(addressOf('online2'));
  });

  it.each([null, 5, 'Jane Doe <x>', 'x'.repeat(41)])(
    'passes on no free text as state: %j',
    async (state) => {
      const { tenant } = setUp(() => down(state));

      expect(await tenant.current()).toEqual({ kind: 'not-running', state: 'not running' });
    },
  );

  const useless: [string, Respond][] = [
    ['cannot be reached', () => Promise.reject(connectionRefused())],
    ['answers 500', () => json({ Error: true }, { status: 500 })],
    [
      'answers with a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    ],
    ['answers in HTML', () => new Response('<html></html>')],
    ['answers with null', () => json(null)],
    ['names no address', () => json({ IsRunning: true, State: 'Running' })],
    ['names what is no address', () => json({ IsRunning: true, Api: 'online2' })],
    [
      'names an address without TLS',
      () => json({ IsRunning: true, Api: 'http://online2.example/api' }),
    ],
    ['says neither', () => json({ IsRunning: 'true', Api: 'https://online2.example/api' })],
  ];

  it.each(useless)('knows no address where the service %s', async (_, respond) => {
    const { tenant } = setUp(respond);

    expect(await tenant.current()).toEqual({ kind: 'unknown' });
  });

  it.each(useless)('keeps the address it knows where the service %s', async (_, respond) => {
    const { tenant, clock, requests } = setUp(() => running('online2'), respond);
    await tenant.current();
    await clock.advance(60_000);

    expect(await tenant.current()).toEqual(addressOf('online2'));
    expect(await tenant.current()).toEqual(addressOf('online2'));
    expect(requests).toHaveLength(2);
  });

  it('does not wait for the service beyond the timeout', async () => {
    const { tenant, clock } = setUp(hangs);

    expect(await clock.until(tenant.current())).toEqual({ kind: 'unknown' });
    expect(clock.now()).toBe(startOfTime + 2_000);
  });
});

describe('isTrustworthy', () => {
  it.each([
    ['https://so.example/api', true],
    ['http://localhost:8080/api', true],
    ['http://127.0.0.1/api', true],
    ['http://127.1.2.3/api', true],
    ['http://[::1]/api', true],
    ['http://so.example/api', false],
    ['http://localhost.so.example/api', false],
    ['http://127.0.0.1.so.example/api', false],
    ['http://10.0.0.1/api', false],
    ['ftp://localhost/api', false],
    ['so.example/api', false],
    ['', false],
  ])('of %s: %s', (address, isTrusted) => {
    expect(isTrustworthy(address)).toBe(isTrusted);
  });
});
