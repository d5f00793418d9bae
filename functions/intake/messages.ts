import { createHash } from 'node:crypto';
import { faultsOf } from '../../client/faults-of.ts';
import {
  mostBytes,
  type OutgoingEvent,
  toBody,
  toOutgoing,
  tooLarge,
} from '../../client/outgoing-event.ts';
import type { RouteChatEventInput } from '../../client/route-chat-event-input.ts';
import { instantOf } from '../../contract/date-time.ts';

/** As much as is read of what EventBridge hands over. */
type Envelope = { id: string; time?: unknown; detail: object };

/** Which request an event was, and when it was asked for in epoch milliseconds. */
type Request = { id: string; askedAt: number; timeToLiveMs: number };

/**
 * The messages for what a function was invoked with. An event that names no request becomes that of
 * the envelope, or of the invocation: delivered again, it is the same event. None lives longer than
 * counted from the envelope's time. What breaks the schema goes on as it stands, to be answered
 * `invalid-event`.
 * @throws RangeError where an event is larger than SQS takes.
 */
export function toMessages(
  payload: unknown,
  { awsRequestId, now, timeToLiveMs }: { awsRequestId: string; now: number; timeToLiveMs: number },
): OutgoingEvent[] {
  const invocation = { id: awsRequestId, askedAt: now, timeToLiveMs };
  if (Array.isArray(payload)) {
    return payload.map((event, index) =>
      toMessage(event, { ...invocation, id: `${awsRequestId}-${index}` }),
    );
  }
  if (!isEnvelope(payload)) return [toMessage(payload, invocation)];
  const { id, time, detail } = payload;
  // Whoever puts an event on a bus can set its time; in the future it would live longer.
  const askedAt = Math.min(instantOf(String(time)) ?? now, now);
  return [toMessage(detail, { id, askedAt, timeToLiveMs })];
}

function isEnvelope(payload: unknown): payload is Envelope {
  if (typeof payload !== 'object' || payload === null || !('detail-type' in payload)) return false;
  const { id, detail } = payload as Partial<Envelope>;
  const isObject = typeof detail === 'object' && detail !== null && !Array.isArray(detail);
  return isObject && faultsOf({ requestId: id ?? '' }).every(({ field }) => field !== 'requestId');
}

function toMessage(given: unknown, request: Request): OutgoingEvent {
  const faults = faultsOf(given);
  if (faults.length > 0) {
    const isOfNoChat = faults.some(({ field }) => field === 'chatSessionId' || field === 'body');
    return asItStands(given, isOfNoChat, request);
  }
  const { expiresInSeconds, ...event } = given as RouteChatEventInput;
  const expiresAt = deadlineOf(given as RouteChatEventInput, request);
  const outgoing = toOutgoing({ requestId: request.id, ...event, expiresAt });
  if (outgoing.ok) return outgoing.event;
  throw new RangeError(outgoing.faults.map(({ field, message }) => `${field}: ${message}`).join());
}

/** The soonest of what the deployment allows and what the event says, which is kept in its words. */
function deadlineOf(event: RouteChatEventInput, { askedAt, timeToLiveMs }: Request): string {
  const { expiresAt, expiresInSeconds = Number.POSITIVE_INFINITY } = event;
  const latest = askedAt + Math.min(timeToLiveMs, expiresInSeconds * 1000);
  const given = String(expiresAt);
  return (instantOf(given) ?? Number.POSITIVE_INFINITY) <= latest
    ? given
    : new Date(latest).toISOString();
}

/** In the message group of its chat, or one of its own: in a common one, each would wait for others. */
function asItStands(given: unknown, isOfNoChat: boolean, { id }: Request): OutgoingEvent {
  const body = toBody(given);
  const bytes = Buffer.byteLength(body);
  if (bytes > mostBytes) throw new RangeError(`body: ${tooLarge(bytes)}`);
  const deduplicationId = createHash('sha256').update(id).digest('hex');
  const groupId = isOfNoChat
    ? deduplicationId
    : String((given as RouteChatEventInput).chatSessionId);
  return { body, bytes, groupId, deduplicationId };
}
