import { toMessageBody } from '../contract/message-body.ts';
import { deduplicationIdOf } from './deduplication-id.ts';
import { faultsOf, type RouteChatEventFault } from './faults-of.ts';
import type { RouteChatEventInput } from './route-chat-event-input.ts';

/** An event as a message for the event queue. */
export type OutgoingEvent = {
  body: string;
  bytes: number;
  /** The chat session id: keeps a chat's events in order, and lets other chats pass. */
  groupId: string;
  deduplicationId: string;
};

/** What SQS takes at most, for one message and for all of one call. */
export const mostBytes = 1_048_576;

/** The message, or every fault for which it is none. */
export function toOutgoing(
  given: unknown,
): { ok: true; event: OutgoingEvent } | { ok: false; faults: RouteChatEventFault[] } {
  const refused = (...faults: RouteChatEventFault[]) => ({ ok: false as const, faults });
  const written = withTextDates(given);
  const faults = faultsOf(written);
  if (faults.length > 0) return refused(...faults);
  const event = written as RouteChatEventInput;

  let body: string;
  try {
    body = toMessageBody(event);
  } catch {
    return refused({ field: 'body', message: 'expected what JSON can hold, got more than that' });
  }
  const bytes = Buffer.byteLength(body);
  if (bytes > mostBytes) return refused({ field: 'body', message: tooLarge(bytes) });
  const groupId = String(event.chatSessionId);
  return { ok: true, event: { body, bytes, groupId, deduplicationId: deduplicationIdOf(event) } };
}

/** A `Date` that is none becomes null, as in JSON, and so a fault. */
function withTextDates(given: unknown): unknown {
  const expiresAt = (given as Partial<RouteChatEventInput> | null | undefined)?.expiresAt;
  return expiresAt instanceof Date
    ? { ...(given as object), expiresAt: expiresAt.toJSON() }
    : given;
}

/** For a body of more than `mostBytes`. */
export const tooLarge = (bytes: number) => `expected at most ${mostBytes} bytes, got ${bytes}`;
