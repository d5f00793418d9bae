import type { Clock } from './clock.ts';
import { exchange, type Fetch } from './exchange.ts';
import { userAgent } from './user-agent.ts';

/** Where the tenant's WebAPI is at the moment, or why nobody can be sent there. */
export type TenantAddress =
  | { kind: 'running'; webApiUrl: string }
  /** The state service says that the tenant is down, e.g. `OfflineMaintenance`. */
  | { kind: 'not-running'; state: string }
  /** The state service cannot be reached or understood, and no earlier answer is at hand. */
  | { kind: 'unknown' };

export type Tenant = {
  current(): Promise<TenantAddress>;
  /** Asks anew, because a call to this address was answered 421. */
  renew(misdirected: string): Promise<TenantAddress>;
};

/** An address that was given and does not move. */
export function fixedTenant(webApiUrl: string): Tenant {
  const address: TenantAddress = { kind: 'running', webApiUrl };
  return { current: async () => address, renew: async () => address };
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
  fetch?: Fetch;
}): Tenant {
  const { clock } = options;
  let known: { address: TenantAddress; askedAt: number; until: number } | undefined;
  let inFlight: Promise<TenantAddress> | undefined;

  async function ask(): Promise<TenantAddress> {
    const askedAt = clock.now();
    const answer = readState(await fetchState(options));
    const address =
      answer?.address ??
      (known?.address.kind === 'running' ? known.address : ({ kind: 'unknown' } as const));
    const validMs = (answer?.validUntil ?? 0) - askedAt;
    const keepMs = address.kind === 'running' ? validMs : 0;
    known = { address, askedAt, until: askedAt + clamp(keepMs, shortestMs, longestMs) };
    return address;
  }

  const renewed = () => {
    inFlight ??= ask().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  };

  return {
    async current() {
      return known && clock.now() < known.until ? known.address : await renewed();
    },
    async renew(misdirected) {
      const isNewer = known?.address.kind === 'running' && known.address.webApiUrl !== misdirected;
      const isFresh = known !== undefined && clock.now() < known.askedAt + shortestMs;
      return known && (isNewer || isFresh) ? known.address : await renewed();
    },
  };
}

async function fetchState({
  stateUrl,
  timeoutMs,
  clock,
  fetch,
}: Parameters<typeof onlineTenant>[0]) {
  const ended = await exchange({
    url: new URL(stateUrl),
    method: 'GET',
    headers: { accept: 'application/json', 'user-agent': userAgent },
    timeoutMs,
    clock,
    fetch,
  });
  return ended.kind === 'response' && ended.status === 200 ? ended.body : undefined;
}

function readState(
  body: string | undefined,
): { address: TenantAddress; validUntil: number } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { Api, IsRunning, State, ValidUntil } = json as Record<string, unknown>;
  const validUntil = Date.parse(String(ValidUntil)) || 0;
  if (IsRunning === false) {
    const state = typeof State === 'string' && /^\w{1,40}$/.test(State) ? State : 'not running';
    return { address: { kind: 'not-running', state }, validUntil };
  }
  if (IsRunning !== true || typeof Api !== 'string') return undefined;
  const webApiUrl = Api.replace(/\/+$/, '');
  return isTrustworthy(webApiUrl)
    ? { address: { kind: 'running', webApiUrl }, validUntil }
    : undefined;
}

/** A ticket leaves over TLS only, or stays on this machine. */
export function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

const clamp = (value: number, least: number, most: number) =>
  Math.min(Math.max(value, least), most);
