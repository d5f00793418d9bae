import type { Answer } from '../../superoffice/answer.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import type { Tenant } from '../../superoffice/tenant-address.ts';
import type { Access } from '../../superoffice/web-api.ts';
import type { Pacer } from './pacer.ts';
import type { Ticket } from './ticket.ts';

/** Why a call was not made. None of these can have been applied. */
export type NotCalled =
  | { kind: 'ticket-unavailable'; reason: string }
  | { kind: 'ticket-refused' }
  | { kind: 'tenant-not-running'; state: string }
  | { kind: 'tenant-unknown' }
  /** SuperOffice's Retry-After reaches past this call's last moment. */
  | { kind: 'paused' }
  /** The event's deadline has passed, or would before its turn. */
  | { kind: 'deadline-passed' }
  /** The function would be stopped before the call had surely ended. */
  | { kind: 'out-of-time' };

/** The moments, in epoch milliseconds, at which a call may no longer start. */
export type CallLimits = {
  functionLatestStart: number;
  /** Only for transfers: asking what is so is allowed at any time. */
  deadline?: number;
};

export type Calls = <Value>(
  request: (access: Access) => Promise<Answer<Value>>,
  limits: CallLimits,
) => Promise<(Answer<Value> & { credential: Credential }) | NotCalled>;

export type CallsOptions = {
  ticket: Ticket;
  tenant: Tenant;
  pacer: Pacer;
  clock: Clock;
  /** No Retry-After is heeded for longer. */
  longestPauseMs: number;
};

/**
 * Makes one call to SuperOffice: ticket and address first, then a slot, then the call with nothing
 * awaited in between. A 401 or 403 makes it re-read the ticket, a 421 the address; where that
 * brought another one, the call is repeated, once for each.
 */
export function createCalls({ ticket, tenant, pacer, clock, longestPauseMs }: CallsOptions): Calls {
  return async (request, limits) => {
    let mayRenewTicket = true;
    let mayRenewAddress = true;
    const isTooLate = () => clock.now() > limits.functionLatestStart;
    for (;;) {
      if (isTooLate()) return { kind: 'out-of-time' };
      const access = await accessOf(ticket, tenant);
      if ('kind' in access) return access;
      const notCalled = await slotFor(pacer, limits);
      if (notCalled) return notCalled;
      // Another event may have found the ticket refused, or a new one, while this one waited its turn.
      const latest = ticket.atHand();
      if (latest?.kind === 'refused') return { kind: 'ticket-refused' };
      if (latest?.kind === 'credential') access.credential = latest.credential;
      const answer = await request(access);

      if ('retryAfterMs' in answer && answer.retryAfterMs !== undefined) {
        pacer.pauseUntil(clock.now() + Math.min(answer.retryAfterMs, longestPauseMs));
      }
      const { httpStatus } = answer;
      const { credential, webApiUrl } = access;
      // No time is left to repeat the call: the next receive renews what this one found refused.
      if (isTooLate()) return { ...answer, credential };
      if (mayRenewTicket && (httpStatus === 401 || httpStatus === 403)) {
        mayRenewTicket = false;
        if (await ticket.renew(credential, httpStatus)) continue;
      }
      if (mayRenewAddress && httpStatus === 421) {
        mayRenewAddress = false;
        const renewed = await tenant.renew(webApiUrl);
        if (renewed.kind !== 'running' || renewed.webApiUrl !== webApiUrl) continue;
      }
      return { ...answer, credential };
    }
  };
}

async function accessOf(ticket: Ticket, tenant: Tenant): Promise<Access | NotCalled> {
  const [held, address] = await Promise.all([ticket.current(), tenant.current()]);
  if (held.kind === 'unavailable') return { kind: 'ticket-unavailable', reason: held.reason };
  if (held.kind === 'refused') return { kind: 'ticket-refused' };
  if (address.kind === 'not-running') return { kind: 'tenant-not-running', state: address.state };
  if (address.kind === 'unknown') return { kind: 'tenant-unknown' };
  return { credential: held.credential, webApiUrl: address.webApiUrl };
}

async function slotFor(
  pacer: Pacer,
  { functionLatestStart, deadline = Number.POSITIVE_INFINITY }: CallLimits,
): Promise<NotCalled | undefined> {
  const lastBeforeDeadline = deadline - 1;
  const latestStart = Math.min(functionLatestStart, lastBeforeDeadline);
  const slot = await pacer.take(latestStart, Number.isFinite(deadline) ? 'transfer' : 'look');
  if (slot === 'granted') return undefined;
  if (slot === 'paused') return { kind: 'paused' };
  return { kind: lastBeforeDeadline < functionLatestStart ? 'deadline-passed' : 'out-of-time' };
}
