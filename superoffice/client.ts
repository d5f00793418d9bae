import { toAnswer } from './answer.ts';
import type { Associate } from './associate.ts';
import type { CallEnd, LatestStart, NotCalled } from './call-end.ts';
import type { ChatSession } from './chat-session.ts';
import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import { createCredentialOwner } from './credential-owner.ts';
import type { CredentialSource } from './credential-source.ts';
import { exchange as exchangeOverHttp } from './exchange.ts';
import { createPace, type Pace, type SlotUse } from './pace.ts';
import { look, pickUp, type Request, reset, transferTo, whoAmI } from './requests.ts';
import type { TenantAddress, TenantAddressSource } from './tenant-address.ts';
import { userAgent } from './user-agent.ts';

/**
 * SuperOffice's WebAPI, with all that every caller of it needs: a credential that renews itself, the
 * tenant's address, the pace, one repeat after a 401, 403 or 421, Retry-After. Never rejects for
 * what SuperOffice or the network do.
 */
export type SuperOffice = {
  /** `POST ChatSession/{id}/TransferTo/{associate}`, whose request does not leave after the deadline. */
  transferTo(
    chatSessionId: number,
    toAssociate: string,
    limits: LatestStart & { deadline: number } & Precedence,
  ): Promise<CallEnd<ChatSession | null>>;
  /** `GET ChatSession/{id}` */
  look(
    chatSessionId: number,
    limits: LatestStart & Precedence,
  ): Promise<CallEnd<ChatSession | null>>;
  /** `POST ChatSession/{id}/Pickup`, whose request does not leave after the deadline. */
  pickUp(
    chatSessionId: number,
    limits: LatestStart & { deadline: number } & Precedence,
  ): Promise<CallEnd<ChatSession | null>>;
  /** `POST ChatSession/{id}/Reset` */
  reset(
    chatSessionId: number,
    limits: LatestStart & Precedence,
  ): Promise<CallEnd<ChatSession | null>>;
  /** `GET User/currentPrincipal` */
  whoAmI(limits: LatestStart): Promise<CallEnd<Associate>>;
  /** Whose credential it is: known, or asked for; null where it cannot be had. */
  ownerOf(credential: Credential, limits: LatestStart): Promise<Associate | null>;
  /** The same, where it is known. */
  knownOwnerOf(credential: Credential): Associate | null;
  /** Fetches credential and address, and opens a connection there, ahead of the first call. */
  prepare(): Promise<void>;
  /** Resolves when the last request's spacing is over, and another sandbox may call. */
  idle(): Promise<void>;
};

/** A call that yields waits for every other. */
export type Precedence = { yields?: boolean | undefined };

export type SuperOfficeOptions = {
  credentials: CredentialSource;
  tenantAddress: TenantAddressSource;
  /** Milliseconds between two requests of this sandbox. */
  callSpacingMs: number;
  /** Milliseconds until the first one; unless told otherwise as long as between two. */
  firstCallInMs?: number;
  /** For one call, answer included. */
  callTimeoutMs: number;
  /** No Retry-After is heeded for longer. */
  longestPauseMs: number;
  clock: Clock;
  /** By whatever else requests are to be made. */
  exchange?: typeof exchangeOverHttp;
  /** Opens a connection to an origin ahead of the first call. Never rejects. */
  openConnection?: (origin: string) => Promise<void>;
};

type Limits = LatestStart & { use: SlotUse; deadline?: number };

export function createSuperOffice(options: SuperOfficeOptions): SuperOffice {
  const { credentials, tenantAddress, clock, longestPauseMs } = options;
  const { exchange = exchangeOverHttp } = options;
  const pace = createPace({
    spacingMs: options.callSpacingMs,
    firstSlotInMs: options.firstCallInMs,
    clock,
  });
  const askWhoAmI = (limits: LatestStart) => call(whoAmI, { ...limits, use: 'look' });
  const owner = createCredentialOwner(askWhoAmI, clock);

  /** Credential and address first, then a slot, then the call with nothing awaited in between. */
  async function call<Value>(request: Request<Value>, limits: Limits): Promise<CallEnd<Value>> {
    let mayRenewCredential = true;
    let mayRenewAddress = true;
    for (;;) {
      // Asking for credential or address can take as long as the call itself.
      if (clock.now() > limits.latestStart) return { kind: 'out-of-time' };
      const had = await accessOf(credentials, tenantAddress, request.path);
      if ('kind' in had) return had;
      const slot = await slotFor(pace, limits);
      if ('kind' in slot) return slot;
      // Another call may have found one of the two refused, or a new one, while this one waited.
      const access = accessAtHand(credentials, tenantAddress, had, request.path);
      if ('kind' in access) {
        slot.onEnded();
        return access;
      }
      const { credential, webApiUrl, url } = access;
      const ended = await exchange({
        url,
        method: request.method,
        headers: headersFor(credential),
        timeoutMs: options.callTimeoutMs,
        sendBefore: limits.deadline,
        onSent: slot.onSent,
        clock,
      }).finally(slot.onEnded);
      const answer = toAnswer(ended, request.read, clock.now());

      const { httpStatus, retryAfterMs = 0 }: Head = answer;
      pace.pause(Math.min(retryAfterMs, longestPauseMs));
      // Without time to repeat the call, the next receive renews what this one found refused.
      if (clock.now() > limits.latestStart) return { ...answer, credential };
      if (mayRenewCredential && (httpStatus === 401 || httpStatus === 403)) {
        mayRenewCredential = false;
        if (await credentials.renew(credential, httpStatus)) continue;
      }
      if (mayRenewAddress && httpStatus === 421) {
        mayRenewAddress = false;
        const renewed = await tenantAddress.renew(webApiUrl);
        if (renewed.kind !== 'running' || renewed.webApiUrl !== webApiUrl) continue;
      }
      return { ...answer, credential };
    }
  }

  /** No call: nothing is sent, so that the pace has nothing to count and nobody sees a credential. */
  async function connectTo(address: TenantAddress): Promise<void> {
    if (address.kind !== 'running') return;
    await options.openConnection?.(new URL(address.webApiUrl).origin);
  }

  return {
    transferTo: (chatSessionId, toAssociate, limits) =>
      call(transferTo(chatSessionId, toAssociate), { ...limits, use: useOf('transfer', limits) }),
    look: (chatSessionId, limits) =>
      call(look(chatSessionId), { ...limits, use: useOf('look', limits) }),
    pickUp: (chatSessionId, limits) =>
      call(pickUp(chatSessionId), { ...limits, use: useOf('transfer', limits) }),
    reset: (chatSessionId, limits) =>
      call(reset(chatSessionId), { ...limits, use: useOf('transfer', limits) }),
    whoAmI: askWhoAmI,
    ownerOf: owner.ask,
    knownOwnerOf: owner.known,
    async prepare() {
      await Promise.all([tenantAddress.current().then(connectTo), credentials.current()]);
    },
    idle: pace.idle,
  };
}

const useOf = (use: SlotUse, { yields }: Precedence): SlotUse => (yields ? 'yielding' : use);

/** What every answer may say ahead of its body. */
type Head = { httpStatus: number | null; retryAfterMs?: number | undefined };

type Access = { credential: Credential; webApiUrl: string; url: URL };

const toAccess = (credential: Credential, webApiUrl: string, path: string): Access => ({
  credential,
  webApiUrl,
  url: new URL(`${webApiUrl}/v1/${path}`),
});

async function accessOf(
  credentials: CredentialSource,
  tenantAddress: TenantAddressSource,
  path: string,
): Promise<Access | NotCalled> {
  const [held, address] = await Promise.all([credentials.current(), tenantAddress.current()]);
  if (held.kind !== 'credential') return held;
  if (address.kind !== 'running') return whyNoAddress(address);
  return toAccess(held.credential, address.webApiUrl, path);
}

function accessAtHand(
  credentials: CredentialSource,
  tenantAddress: TenantAddressSource,
  had: Access,
  path: string,
): Access | NotCalled {
  const held = credentials.atHand();
  if (held && held.kind !== 'credential') return held;
  const address = tenantAddress.atHand();
  if (address && address.kind !== 'running') return whyNoAddress(address);
  const webApiUrl = address?.webApiUrl ?? had.webApiUrl;
  return toAccess(held?.credential ?? had.credential, webApiUrl, path);
}

const whyNoAddress = (address: Exclude<TenantAddress, { kind: 'running' }>): NotCalled =>
  address.kind === 'unknown'
    ? { kind: 'tenant-unknown', reason: address.reason }
    : { kind: 'tenant-not-running', state: address.state };

async function slotFor(pace: Pace, { latestStart, use, deadline }: Limits) {
  const beforeDeadline = (deadline ?? Number.POSITIVE_INFINITY) - 1;
  const slot = await pace.take(Math.min(latestStart, beforeDeadline), use);
  if (typeof slot === 'object') return slot;
  if (slot === 'paused') return { kind: slot } as const;
  return { kind: beforeDeadline < latestStart ? 'deadline-passed' : 'out-of-time' } as const;
}

const headersFor = ({ authorization, appToken }: Credential) => ({
  accept: 'application/json',
  authorization,
  'so-apptoken': appToken,
  'so-timezone': 'UTC, includeTZOffset',
  'user-agent': userAgent,
});
