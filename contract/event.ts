import * as v from 'valibot';
import { instantOf } from './date-time.ts';
import { eventFields } from './event-fields.ts';
import { excerptOf, kindOf } from './excerpt.ts';
import { describeInvalidJson } from './invalid-json.ts';

const maxMessageLength = 1024;

type FieldName = keyof typeof eventFields;
const isFreeText = (name: string) => name === 'source' || name === 'reason';
const isFieldName = (name: string): name is FieldName => Object.hasOwn(eventFields, name);

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid('invalid-field', [`body: expected a JSON object, got ${kindOf(value)}`], {});
  }

  const given = new Map(Object.entries(value));
  const valid: Record<string, unknown> = {};
  const issues: string[] = [];
  for (const [name, schema] of Object.entries(eventFields)) {
    const parsed = v.safeParse(schema, given.get(name));
    if (parsed.success && parsed.output !== undefined) valid[name] = parsed.output;
    if (!parsed.success) {
      const found = isFreeText(name) ? kindOf(given.get(name)) : excerptOf(given.get(name));
      issues.push(`${name}: expected ${parsed.issues[0].message}, got ${found}`);
    }
  }
  if (given.has('expiresAt') && given.has('expiresInSeconds')) {
    issues.push('expiresInSeconds: expected only one of expiresAt and expiresInSeconds, got both');
  }

  const event = readEvent(valid);
  const ignoredFields = [...given.keys()].filter((name) => !isFieldName(name));
  if (issues.length > 0) return invalid('invalid-field', issues, event, ignoredFields);
  return { ok: true, event: event as RouteChatEvent, ignoredFields: shorten(ignoredFields) };
}

function readEvent({ toAssociate, expiresAt, ...rest }: Record<string, unknown>) {
  const event: Record<string, unknown> = { ...rest };
  if (toAssociate !== undefined) event.toAssociate = String(toAssociate);
  if (expiresAt !== undefined) event.expiresAt = instantOf(String(expiresAt));
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
