import { describe, expect, it } from '@jest/globals';
import { type Calls, createCalls } from '../../../../functions/route-chat/calls.ts';
import { createPacer } from '../../../../functions/route-chat/pacer.ts';
import { createTicket } from '../../../../functions/route-chat/ticket.ts';
import type { Answer } from '../../../../superoffice/answer.ts';
import type { Tenant, TenantAddress } from '../../../../superoffice/tenant-address.ts';
import type { Access } from '../../../../superoffice/web-api.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const forever = { functionLatestStart: Number.POSITIVE_INFINITY };
const ok: Answer<string> = { kind: 'ok', httpStatus: 200, value: 'done' };
const unauthorized: Answer<string> = { kind: 'unauthorized', httpStatus: 401 };
const forbidden: Answer<string> = {
  kind: 'refused',
  httpStatus: 403,
  errorType: 'SoRightException',
};
const misdirected: Answer<string> = { kind: 'misdirected', httpStatus: 421 };

/** Secrets and addresses are read in order, the last stays. */
function setUp(given: {
  tickets?: string[];
  addresses?: TenantAddress[];
  answers?: Answer<string>[];
  /** How long a call takes. */
  takesMs?: number;
}) {
  const clock = createVirtualClock();
  const { tickets = [secret('a')], addresses = [at('one')], answers = [ok] } = given;
  const next = <Item>(items: Item[]) => (items.length > 1 ? items.shift() : items[0]) as Item;
  const made: { as: string; to: string; at: number }[] = [];
  let address = next(addresses);
  const tenant: Tenant = {
    current: async () => address,
    renew: async () => {
      address = next(addresses);
      return address;
    },
  };
  const ticket = createTicket({
    readSecret: async () => next(tickets),
    onUnavailable: () => {},
    onRefused: () => {},
    clock,
  });
  const pacer = createPacer({ spacingMs: 250, clock });
  const calls = createCalls({ ticket, tenant, pacer, clock, longestPauseMs: 300_000 });
  const request = async ({ credential, webApiUrl }: Access) => {
    made.push({ as: credential.authorization, to: webApiUrl, at: clock.now() - startOfTime });
    if (given.takesMs) await clock.sleep(given.takesMs);
    return next(answers);
  };
  const call = (limits: Parameters<Calls>[1] = forever) => clock.until(calls(request, limits));
  return { clock, made, call, answers };
}

const at = (host: string): TenantAddress => ({
  kind: 'running',
  webApiUrl: `https://${host}.example/api`,
});
const secret = (ticket: string) => JSON.stringify({ ticket });

describe('createCalls', () => {
  it.each([
    ['ticket', unauthorized],
    ['address', misdirected],
  ])(
    'renews no %s once no call could follow: that could take longer than is left',
    async (_, answer) => {
      const { call, made } = setUp({
        tickets: [secret('a'), secret('b')],
        addresses: [at('one'), at('two')],
        answers: [answer, ok],
        takesMs: 100,
      });

      expect(await call({ functionLatestStart: startOfTime + 300 })).toMatchObject(answer);
      expect(made).toHaveLength(1);
    },
  );

  it('starts nothing, not even a read, past the latest start', async () => {
    const { call, made } = setUp({ tickets: [secret('a')] });

    expect(await call({ functionLatestStart: startOfTime - 1 })).toEqual({ kind: 'out-of-time' });
    expect(made).toEqual([]);
  });

  it('calls as the ticket, at the address, and says as whom', async () => {
    const { call, made } = setUp({ tickets: [secret('a')] });

    expect(await call()).toEqual({
      ...ok,
      credential: { authorization: 'SOTicket a', appToken: undefined },
    });
    expect(made).toEqual([{ as: 'SOTicket a', to: 'https://one.example/api', at: 250 }]);
  });

  it.each([
    [401, unauthorized],
    [403, forbidden],
    [403, { kind: 'misdirected', httpStatus: 403 } as const],
  ])(
    'repeats a %i with the ticket that was put in place of the refused one',
    async (_, refusal) => {
      const { call, made } = setUp({ tickets: [secret('a'), secret('b')], answers: [refusal, ok] });

      expect(await call()).toMatchObject({
        kind: 'ok',
        credential: { authorization: 'SOTicket b' },
      });
      expect(made.map(({ as, at: when }) => [as, when])).toEqual([
        ['SOTicket a', 250],
        ['SOTicket b', 500],
      ]);
    },
  );

  it.each([unauthorized, forbidden])('does not repeat %j with the same ticket', async (refusal) => {
    const { call, made } = setUp({ tickets: [secret('a')], answers: [refusal] });

    expect(await call()).toMatchObject(refusal);
    expect(made).toHaveLength(1);
  });

  it('repeats a 401 once at most', async () => {
    const tickets = [secret('a'), secret('b'), secret('c')];
    const { call, made } = setUp({ tickets, answers: [unauthorized] });

    expect(await call()).toMatchObject({ kind: 'unauthorized' });
    expect(made).toHaveLength(2);
  });

  it('repeats a 421 at the new address, once at most', async () => {
    const addresses = [at('one'), at('two'), at('three')];
    const { call, made } = setUp({ tickets: [secret('a')], addresses, answers: [misdirected] });

    expect(await call()).toMatchObject(misdirected);
    expect(made.map(({ to }) => to)).toEqual([
      'https://one.example/api',
      'https://two.example/api',
    ]);
  });

  it('does not repeat a 421 at the same address', async () => {
    const { call, made } = setUp({ tickets: [secret('a')], answers: [misdirected] });

    expect(await call()).toMatchObject(misdirected);
    expect(made).toHaveLength(1);
  });

  it('does not ask for the address after a 404 from somewhere else', async () => {
    const { call, made } = setUp({
      tickets: [secret('a')],
      addresses: [at('one'), at('two')],
      answers: [{ kind: 'misdirected', httpStatus: 404 }],
    });

    await call();

    expect(made).toHaveLength(1);
  });

  it('survives a new ticket and a new address in one call', async () => {
    const { call, made } = setUp({
      tickets: [secret('a'), secret('b')],
      addresses: [at('one'), at('two')],
      answers: [misdirected, unauthorized, ok],
    });

    expect(await call()).toMatchObject({ kind: 'ok' });
    expect(made.map(({ as, to }) => `${as} ${to}`)).toEqual([
      'SOTicket a https://one.example/api',
      'SOTicket a https://two.example/api',
      'SOTicket b https://two.example/api',
    ]);
  });

  it('says that the tenant went down where a 421 led to that', async () => {
    const addresses: TenantAddress[] = [at('one'), { kind: 'not-running', state: 'Suspended' }];
    const { call } = setUp({ tickets: [secret('a')], addresses, answers: [misdirected] });

    expect(await call()).toEqual({ kind: 'tenant-not-running', state: 'Suspended' });
  });

  it.each<[string, object, object]>([
    ['there is no ticket', { tickets: ['{}'] }, { kind: 'ticket-unavailable' }],
    [
      'the tenant is down',
      { addresses: [{ kind: 'not-running', state: 'x' }] },
      { kind: 'tenant-not-running', state: 'x' },
    ],
    ['there is no address', { addresses: [{ kind: 'unknown' }] }, { kind: 'tenant-unknown' }],
  ])('makes no call, and takes no slot, where %s', async (_, given, notCalled) => {
    const { call, made, clock } = setUp({ tickets: [secret('a')], ...given });

    expect(await call()).toMatchObject(notCalled);
    expect(made).toEqual([]);
    expect(clock.now()).toBe(startOfTime);
  });

  it('makes no call at the deadline, but does just before', async () => {
    const at250 = { ...forever, deadline: startOfTime + 250 };
    const at251 = { ...forever, deadline: startOfTime + 251 };

    expect(await setUp({ tickets: [secret('a')] }).call(at250)).toEqual({
      kind: 'deadline-passed',
    });
    expect(await setUp({ tickets: [secret('a')] }).call(at251)).toMatchObject({ kind: 'ok' });
  });

  it('makes no call that the function would not outlive', async () => {
    const late = { functionLatestStart: startOfTime + 249, deadline: startOfTime + 60_000 };
    const inTime = { ...late, functionLatestStart: startOfTime + 250 };

    expect(await setUp({ tickets: [secret('a')] }).call(late)).toEqual({ kind: 'out-of-time' });
    expect(await setUp({ tickets: [secret('a')] }).call(inTime)).toMatchObject({ kind: 'ok' });
  });

  it.each<Answer<string>>([
    { kind: 'throttled', httpStatus: 429, retryAfterMs: 4_000 },
    { kind: 'unavailable', httpStatus: 503, retryAfterMs: 4_000 },
  ])('leaves SuperOffice alone for as long as it asks: %j', async (answer) => {
    const { call, made } = setUp({ tickets: [secret('a')], answers: [answer, ok] });

    expect(await call()).toMatchObject(answer);
    expect(await call({ functionLatestStart: startOfTime + 1_000 })).toEqual({ kind: 'paused' });
    await call();

    expect(made.map((one) => one.at)).toEqual([250, 4_250]);
  });

  it('leaves it alone no longer than an event lives', async () => {
    const absurd: Answer<string> = {
      kind: 'throttled',
      httpStatus: 429,
      retryAfterMs: Number.POSITIVE_INFINITY,
    };
    const { call, made } = setUp({ tickets: [secret('a')], answers: [absurd, ok] });
    await call();

    await call();

    expect(made[1]?.at).toBe(300_250);
  });

  it('goes on at its pace after a 429 without Retry-After', async () => {
    const throttled: Answer<string> = {
      kind: 'throttled',
      httpStatus: 429,
      retryAfterMs: undefined,
    };
    const { call, made } = setUp({ tickets: [secret('a')], answers: [throttled, ok] });
    await call();

    await call();

    expect(made[1]?.at).toBe(500);
  });
});
