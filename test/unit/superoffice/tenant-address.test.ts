import { describe, expect, it } from '@jest/globals';
import { fixedTenant, onlineTenant, ruleBrokenBy } from '../../../superoffice/tenant-address.ts';
import { userAgent } from '../../../superoffice/user-agent.ts';
import { ConnectionError, fakeExchange, hangs, json } from '../../support/fake-exchange.ts';
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
  json({
    State,
    IsRunning: false,
    Api: null,
    ValidUntil: new Date(startOfTime + 60_000).toISOString(),
  });

type Respond = (request: Request) => Response | Promise<Response>;

/** Answers the questions one after the other; the last answer stays. */
function setUp(...answers: Respond[]) {
  const clock = createVirtualClock();
  const { exchange, requests } = fakeExchange((request) => {
    const respond = answers.length > 1 ? answers.shift() : answers[0];
    return respond?.(request) ?? Promise.reject(new ConnectionError());
  });
  const stateUrl = 'https://online.superoffice.example/api/state/Cust12345';
  return { clock, requests, tenant: onlineTenant({ stateUrl, timeoutMs: 2_000, clock, exchange }) };
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
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      'user-agent': userAgent,
    });
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

  it('says that a tenant is down, and asks again in ten seconds, whatever ValidUntil says', async () => {
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

  const address = 'https://online2.example/Cust12345/api';
  const soundButFor = (given: object) => json({ IsRunning: true, Api: address, ...given });
  const useless: [string, Respond, string][] = [
    ['breaks off', () => Promise.reject(new ConnectionError()), 'gave no answer (connection-lost)'],
    ['answers 500', () => json({ IsRunning: true, Api: address }, { status: 500 }), 'answered 500'],
    [
      'answers with a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      'answered 302',
    ],
    ['answers in HTML', () => new Response('<html></html>'), 'answered with what is no JSON'],
    ['answers with null', () => json(null), 'did not say whether the tenant is running'],
    ['names no address', () => soundButFor({ Api: null }), 'named no address'],
    [
      'names an address without TLS',
      () => soundButFor({ Api: 'http://online2.example/api' }),
      'named an address that is not followed: expected an https address that ends in /api, ',
    ],
    [
      'says neither',
      () => soundButFor({ IsRunning: 'true' }),
      'did not say whether the tenant is running',
    ],
  ];

  it.each(useless)('knows no address where the service %s', async (_, respond, reason) => {
    const { tenant } = setUp(respond);

    expect(await tenant.current()).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining(reason),
    });
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

    expect(await clock.until(tenant.current())).toEqual({
      kind: 'unknown',
      reason: 'gave no answer (timeout)',
    });
    expect(clock.now()).toBe(startOfTime + 2_000);
  });
});

describe('ruleBrokenBy', () => {
  const online = 'https://online.superoffice.com/api/state/Cust1';
  const onThisMachine = 'http://127.0.0.1:8080/api/state/Cust1';

  it.each([
    ['https://online3.superoffice.com/Cust1/api', online],
    ['https://online3.superoffice.com/Cust1/api/', online],
    ['https://a.b.SUPEROFFICE.com/Cust1/api', 'https://superoffice.com/api/state/Cust1'],
    ['http://127.0.0.1:9090/Cust1/api', onThisMachine],
    ['http://localhost:9090/api', onThisMachine],
    ['https://so.example/api', onThisMachine],
  ])('is none for %s, told by %s', (address, stateUrl) => {
    expect(ruleBrokenBy(address, stateUrl)).toBeUndefined();
  });

  it.each([
    ['http://online3.superoffice.com/Cust1/api', online, 'an https address'],
    ['https://online3.superoffice.com/Cust1/api?x=/api', online, 'query'],
    ['https://me:pw@online3.superoffice.com/Cust1/api', online, 'credentials'],
    ['https://evil.example\\.superoffice.com/api', online, 'an https address'],
    ['https://evil.example/api', online, 'a host below superoffice.com'],
    ['https://superoffice.com.evil.example/api', online, 'a host below superoffice.com'],
    ['https://evilsuperoffice.com/api', online, 'a host below superoffice.com'],
    ['https://superoffice.com/api', online, 'a host below superoffice.com'],
    ['https://127.0.0.1/api', online, 'a host below superoffice.com'],
    ['https://so.example/api', 'https://superoffice.com/api/state/Cust1', 'a host below'],
    ['http://127.0.0.1:9001/api', online, 'https, since the state service is not on this machine'],
    ['http://localhost:9001/api', 'https://state.example/api/state/Cust1', 'https, since'],
  ])('is told for %s, told by %s', (address, stateUrl, expected) => {
    expect(ruleBrokenBy(address, stateUrl)).toContain(expected);
  });
});
