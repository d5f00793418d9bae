import { createHash } from 'node:crypto';
import { instantOf } from '../contract/date-time.ts';
import { isJsonObject } from '../contract/json-object.ts';
import { toMessageBody } from '../contract/message-body.ts';
import { faultsOf } from './faults-of.ts';
import { mostBytes, type OutgoingEvent, toOutgoing, tooLarge } from './outgoing-event.ts';
import type { RouteChatEventInput } from './route-chat-event-input.ts';

/** Which request an event was on its way here, and when it was asked for in epoch milliseconds. */
type Request = {
  /** A sound `requestId`. */
  id: string;
  askedAt: number;
  timeToLiveMs: number;
};

/**
 * The message for an event that somebody else handed over. One that names no request becomes the one
 * it came with: handed over again, it is the same event. It lives no longer than counted from when
 * it was asked for. What breaks the schema goes on as it stands, to be answered `invalid-event`.
 * @throws RangeError where it is larger than SQS takes.
 */
export function toRequestedEvent(handedOver: unknown, request: Request): OutgoingEvent {
  const given = writable(handedOver);
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
  // Whatever is older is over; an instant long before could not be written as one.
  const latest = Math.max(askedAt + Math.min(timeToLiveMs, expiresInSeconds * 1000), 0);
  const given = String(expiresAt);
  return (instantOf(given) ?? Number.POSITIVE_INFINITY) <= latest
    ? given
    : new Date(latest).toISOString();
}

/** What nests deeper than JSON can be written becomes null: as no field nests, it is as wrong as before. */
function writable(given: unknown): unknown {
  if (!isJsonObject(given)) return writableOrNull(given);
  const fields = Object.entries(given).map(([name, value]) => [name, writableOrNull(value)]);
  return Object.fromEntries(fields);
}

function writableOrNull(value: unknown): unknown {
  try {
    JSON.stringify(value);
    return value;
  } catch {
    return null;
  }
}

/** In the message group of its chat, or one of its own: in a common one, each would wait for others. */
function asItStands(given: unknown, isOfNoChat: boolean, { id }: Request): OutgoingEvent {
  const body = toMessageBody(given);
  const bytes = Buffer.byteLength(body);
  if (bytes > mostBytes) throw new RangeError(`body: ${tooLarge(bytes)}`);
  const deduplicationId = createHash('sha256').update(id).digest('hex');
  const groupId = isOfNoChat
    ? deduplicationId
    : String((given as RouteChatEventInput).chatSessionId);
  return { body, bytes, groupId, deduplicationId };
}
