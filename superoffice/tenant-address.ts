import { type Clock, startSpan, type TimeSpan } from './clock.ts';
import { exchange as exchangeOverHttp } from './exchange.ts';
import { singleFlight } from './single-flight.ts';
import { userAgent } from './user-agent.ts';
import { expectedWebApiUrl, isLoopback, isWebApiUrl, normalizeWebApiUrl } from './web-api-url.ts';

/** Where the tenant's WebAPI is at the moment, or why nobody can be sent there. */
export type TenantAddress =
  | { kind: 'running'; webApiUrl: string }
  /** The state service says that the tenant is down, e.g. `OfflineMaintenance`. */
  | { kind: 'not-running'; state: string }
  /** No earlier answer is at hand; the reason completes "The tenant state service …". */
  | { kind: 'unknown'; reason: string };

export type TenantAddressSource = {
  current(): Promise<TenantAddress>;
  /** The same, where nothing has to be asked for it. */
  atHand(): TenantAddress | undefined;
  /** Asks anew, because a call to this address was answered 421. */
  renew(misdirected: string): Promise<TenantAddress>;
};

/** An address that was given and does not move. */
export function fixedTenant(webApiUrl: string): TenantAddressSource {
  const address: TenantAddress = { kind: 'running', webApiUrl };
  return { current: async () => address, atHand: () => address, renew: async () => address };
}

/** Whatever `ValidUntil` says: neither asked for every event nor believed for a day. */
const shortestMs = 10_000;
const longestMs = 3_600_000;

/**
 * A tenant of SuperOffice Online, whose address changes: asked of the tenant state service and kept
 * until the answer's `ValidUntil`. One question in flight however many calls wait; an address that
 * was good is kept while the service cannot be reached.
 * @see https://docs.superoffice.com/en/developer-portal/best-practices/tenant-status/check-status.html
 */
export function onlineTenant(options: {
  stateUrl: string;
  timeoutMs: number;
  clock: Clock;
  exchange?: typeof exchangeOverHttp;
}): TenantAddressSource {
  const { clock } = options;
  let known: { address: TenantAddress; valid: TimeSpan; fresh: TimeSpan } | undefined;

  const asking = singleFlight(async (): Promise<TenantAddress> => {
    const { address: told, validUntil } = await askStateService(options);
    const last = known?.address;
    const address = told.kind === 'unknown' && last?.kind === 'running' ? last : told;
    const validMs = address.kind === 'running' ? validUntil - clock.now() : 0;
    known = {
      address,
      valid: startSpan(clock, clamp(validMs, shortestMs, longestMs)),
      fresh: startSpan(clock, shortestMs),
    };
    return address;
  });

  const atHand = () => (known && !known.valid.isOver() ? known.address : undefined);

  return {
    atHand,
    async current() {
      return atHand() ?? (await asking.run());
    },
    async renew(misdirected) {
      const isNewer = known?.address.kind === 'running' && known.address.webApiUrl !== misdirected;
      return known && (isNewer || !known.fresh.isOver()) ? known.address : await asking.run();
    },
  };
}

/** What the state service says; `validUntil` in epoch milliseconds, 0 where it does not say. */
type TenantState = { address: TenantAddress; validUntil: number };

async function askStateService({
  stateUrl,
  timeoutMs,
  clock,
  exchange = exchangeOverHttp,
}: Parameters<typeof onlineTenant>[0]): Promise<TenantState> {
  const ended = await exchange({
    url: new URL(stateUrl),
    method: 'GET',
    headers: { accept: 'application/json', 'user-agent': userAgent },
    timeoutMs,
    clock,
  });
  if (ended.kind !== 'response') return unknown(`gave no answer (${ended.kind})`);
  if (ended.status !== 200) return unknown(`answered ${ended.status}`);
  return readState(ended.body, stateUrl);
}

const unknown = (reason: string): TenantState => ({
  address: { kind: 'unknown', reason },
  validUntil: 0,
});

function readState(body: string, stateUrl: string): TenantState {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return unknown('answered with what is no JSON');
  }
  const { Api, IsRunning, State, ValidUntil } = Object(json) as Record<string, unknown>;
  const validUntil = Date.parse(String(ValidUntil)) || 0;
  if (IsRunning === false) {
    const state = typeof State === 'string' && /^\w{1,40}$/.test(State) ? State : 'not running';
    return { address: { kind: 'not-running', state }, validUntil };
  }
  if (IsRunning !== true) return unknown('did not say whether the tenant is running');
  if (typeof Api !== 'string') return unknown('named no address');
  const expected = ruleBrokenBy(Api, stateUrl);
  if (expected) return unknown(`named an address that is not followed: expected ${expected}`);
  return { address: { kind: 'running', webApiUrl: normalizeWebApiUrl(Api) }, validUntil };
}

const superOfficeDomain = 'superoffice.com';

/**
 * What was expected of an address from the state service where a credential is not sent there: a
 * wrong answer must not send it to strangers, nor to what else listens on this machine, as Lambda's
 * runtime API does.
 */
export function ruleBrokenBy(webApiUrl: string, stateUrl: string): string | undefined {
  if (!isWebApiUrl(webApiUrl)) return expectedWebApiUrl;
  const { protocol, hostname } = new URL(webApiUrl);
  const stateHost = new URL(stateUrl).hostname;
  if (protocol === 'http:' && !isLoopback(stateHost)) {
    return 'https, since the state service is not on this machine';
  }
  const isSuperOffices =
    stateHost === superOfficeDomain || stateHost.endsWith(`.${superOfficeDomain}`);
  if (isSuperOffices && !hostname.endsWith(`.${superOfficeDomain}`)) {
    return `a host below ${superOfficeDomain}, as the state service's is`;
  }
  return undefined;
}

const clamp = (value: number, least: number, most: number) =>
  Math.min(Math.max(value, least), most);
