import { instantOf } from './date-time.ts';
import { eventFields } from './event-fields.ts';
import { kindOf } from './excerpt.ts';
import { describeInvalidJson } from './invalid-json.ts';
import { isJsonObject } from './json-object.ts';
import { readFields } from './read-fields.ts';

const maxMessageLength = 1024;

const isFieldName = (name: string) => Object.hasOwn(eventFields, name);

/**
 * Body of a message on the event queue: hand one chat session to one associate.
 * @see route-chat-event.schema.json
 */
export type RouteChatEvent = {
  chatSessionId: number;
  /** As a string, before encoding: digits only is an associate id, anything else a username. */
  toAssociate: string;
  requestId?: string;
  /** Epoch milliseconds. */
  expiresAt?: number;
  expiresInSeconds?: number;
  source?: string;
  reason?: string;
  /** Makes the event an offer: so long has each who is asked to accept. */
  acceptWithinSeconds?: number;
  /** Who is asked next, in this order, each as `toAssociate`. Only in an offer. */
  fallbackAssociates?: string[];
  /** What becomes of the chat where nobody accepts; unless said, `leave`. Only in an offer. */
  ifNobody?: 'leave' | 'return-to-queue';
  /** A chat that waits in the queue is picked up first. Only in an offer. */
  pickUp?: boolean;
  /** Only look: nothing is asked of anybody. */
  dryRun?: boolean;
  /** Stands in nobody's way: neither over what is pending nor before an event that does not yield. */
  yields?: boolean;
};

export type ParsedEvent = {
  /** Names the schema does not know, at most 10, each cut to 64 characters: a typo shows here. */
  ignoredFields: string[];
} & (
  | { ok: true; event: RouteChatEvent }
  | {
      ok: false;
      code: 'invalid-json' | 'invalid-field';
      /** Field, what was expected, what was found; at most 1,024 characters. */
      message: string;
      /** The fields that are valid by themselves, to tell whose event this was. */
      valid: Partial<RouteChatEvent>;
    }
);

/** Reads the body of an event message. Never throws, whatever the body holds. */
export function parseRouteChatEvent(body: string): ParsedEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    const found = describeInvalidJson(body, error);
    return invalid('invalid-json', [`body: expected JSON, got ${found}`], {});
  }
  if (!isJsonObject(value)) {
    return invalid('invalid-field', [`body: expected a JSON object, got ${kindOf(value)}`], {});
  }

  const given = new Map(Object.entries(value));
  const { valid, faults } = readFields(given);
  const issues = faults.map(({ field, message }) => `${field}: ${message}`);

  const event = readEvent(valid);
  const ignoredFields = [...given.keys()].filter((name) => !isFieldName(name));
  if (issues.length > 0) return invalid('invalid-field', issues, event, ignoredFields);
  return { ok: true, event: event as RouteChatEvent, ignoredFields: shorten(ignoredFields) };
}

function readEvent(valid: Record<string, unknown>) {
  const { toAssociate, expiresAt, fallbackAssociates, ...rest } = valid;
  const event: Record<string, unknown> = { ...rest };
  if (toAssociate !== undefined) event.toAssociate = String(toAssociate);
  if (expiresAt !== undefined) event.expiresAt = instantOf(String(expiresAt));
  if (Array.isArray(fallbackAssociates)) event.fallbackAssociates = fallbackAssociates.map(String);
  return event as Partial<RouteChatEvent>;
}

function invalid(
  code: 'invalid-json' | 'invalid-field',
  issues: string[],
  valid: Partial<RouteChatEvent>,
  ignoredFields: string[] = [],
): ParsedEvent {
  const message = `${issues.join('; ')}.`;
  return {
    ok: false,
    code,
    message:
      message.length > maxMessageLength ? `${message.slice(0, maxMessageLength - 1)}…` : message,
    valid,
    ignoredFields: shorten(ignoredFields),
  };
}

const shorten = (names: string[]) =>
  names.slice(0, 10).map((name) => [...name.slice(0, 128)].slice(0, 64).join(''));
