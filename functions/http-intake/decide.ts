import { faultsOf, type RouteChatEventFault } from '../../client/faults-of.ts';
import type { OutgoingEvent } from '../../client/outgoing-event.ts';
import { toRequestedEvent } from '../../client/requested-event.ts';
import { instantOf } from '../../contract/date-time.ts';
import { excerptOf, kindOf } from '../../contract/excerpt.ts';
import { describeInvalidJson } from '../../contract/invalid-json.ts';
import { readSuperOfficeEvent } from './superoffice-event.ts';

/** What becomes of a signed request. */
export type Decision =
  | { kind: 'send'; statusCode: 200 | 202; event: OutgoingEvent; requestId: string }
  /** SuperOffice's, and nothing that asks for a chat to be moved. */
  | { kind: 'leave'; what: 'test' | 'other' }
  | { kind: 'refuse'; statusCode: 400 | 415; faults: RouteChatEventFault[] };

/** SQS knows a repeat for five minutes; what comes again later than that has to be too late. */
const mostAheadMs = 290_000;

/**
 * Reads what a signature has vouched for. What SuperOffice's webhooks send is never refused, since
 * they are switched off for that: faults in it become an `invalid-event`. Everybody else is told.
 */
export function decide(
  { body, contentType = '' }: { body: Uint8Array; contentType?: string | undefined },
  { now, timeToLiveMs }: { now: number; timeToLiveMs: number },
): Decision {
  const livesMs = Math.min(timeToLiveMs, mostAheadMs);
  const parsed = parseJson(body);
  const superOffice = parsed.ok ? readSuperOfficeEvent(parsed.value, now) : undefined;
  if (superOffice?.kind === 'requested') {
    const { id, event, askedAt } = superOffice;
    const outgoing = toRequestedEvent(event, { id, askedAt, timeToLiveMs: livesMs });
    return { kind: 'send', statusCode: 200, event: outgoing, requestId: String(event.requestId) };
  }
  if (superOffice) return { kind: 'leave', what: superOffice.kind };

  if (!/^application\/json *(;|$)/i.test(contentType)) {
    const message = `expected application/json, got ${excerptOf(contentType)}`;
    return { kind: 'refuse', statusCode: 415, faults: [{ field: 'content-type', message }] };
  }
  const faults = parsed.ok ? faultsOfOwn(parsed.value, now) : [parsed.fault];
  if (faults.length > 0) return { kind: 'refuse', statusCode: 400, faults };
  const { value } = parsed as { value: { requestId: string } };
  const { requestId } = value;
  const outgoing = toRequestedEvent(value, { id: requestId, askedAt: now, timeToLiveMs: livesMs });
  return { kind: 'send', statusCode: 202, event: outgoing, requestId };
}

function parseJson(
  body: Uint8Array,
): { ok: true; value: unknown } | { ok: false; fault: RouteChatEventFault } {
  const text = new TextDecoder().decode(body);
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = `expected JSON, got ${describeInvalidJson(text, error)}`;
    return { ok: false, fault: { field: 'body', message } };
  }
}

/**
 * What an event lacks by its schema, and what it must say besides for a replay to be a repeat or too
 * late.
 */
function faultsOfOwn(given: unknown, now: number): RouteChatEventFault[] {
  const faults = faultsOf(given);
  if (faults.some(({ field }) => field === 'body')) return faults;
  const { requestId, expiresAt, expiresInSeconds } = given as Record<string, unknown>;
  const isFaulty = (name: string) => faults.some(({ field }) => field === name);
  if (requestId === undefined) {
    faults.push({ field: 'requestId', message: 'expected your id for the request, got nothing' });
  }
  const aheadMs = (instantOf(String(expiresAt)) ?? Number.NaN) - now;
  if (!isFaulty('expiresAt') && !(aheadMs > 0 && aheadMs <= mostAheadMs)) {
    const found = expiresAt === undefined ? kindOf(expiresAt) : foundAhead(aheadMs);
    const message = `expected a time to come, at most ${mostAheadMs / 1000} s from now, got ${found}`;
    faults.push({ field: 'expiresAt', message });
  }
  if (expiresInSeconds !== undefined && !isFaulty('expiresInSeconds')) {
    const message = 'expected expiresAt instead, which a replay cannot put off';
    faults.push({ field: 'expiresInSeconds', message });
  }
  return faults;
}

/** By the clock here, since theirs may be the one that is wrong. */
const foundAhead = (aheadMs: number) =>
  aheadMs > 0 ? `${Math.ceil(aheadMs / 1000)} s from now` : `${Math.floor(-aheadMs / 1000)} s ago`;
