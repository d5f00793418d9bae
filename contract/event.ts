import * as v from 'valibot';
import { dateTime, instantOf } from './date-time.ts';
import { excerptOf, kindOf } from './excerpt.ts';
import { describeInvalidJson } from './invalid-json.ts';
import { textOf } from './text.ts';

const maxId = 2_147_483_647;
/** IIS refuses these in a path, or takes them for something else. */
const notInPath = String.raw`\u0000-\u001f\u007f/\\%&*:<>?#|"`;
/** Neither what IIS may trim: blanks at either end, dots at the end. */
const namePattern = new RegExp(
  String.raw`^([^${notInPath}\s][^${notInPath}]*)?[^${notInPath}\s.]$`,
  'u',
);
const requestIdPattern = /^[\x21-\x7e]+$/;
const maxMessageLength = 1024;

const wholeNumber = (from: number, to: number, expected = `an integer from ${from} to ${to}`) =>
  v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(from, expected),
    v.maxValue(to, expected),
  );

const chatSessionId = wholeNumber(1, maxId);

const expectedAssociate =
  `an associate id from 1 to ${maxId}, or a username of 1 to 255 characters that has no blank at ` +
  'either end, no dot at its end, no control characters and none of / \\ % & * : < > ? # | " ' +
  '(use the associate id for such a name)';
const username = v.pipe(textOf(1, 255, expectedAssociate), v.regex(namePattern, expectedAssociate));
const toAssociate = v.union(
  [wholeNumber(1, maxId, expectedAssociate), username],
  expectedAssociate,
);

const expectedRequestId = '1 to 128 printable ASCII characters without spaces';
const requestId = v.pipe(
  textOf(1, 128, expectedRequestId),
  v.regex(requestIdPattern, expectedRequestId),
);

/** What each field must be. */
export const eventFields = {
  chatSessionId,
  toAssociate,
  requestId: v.optional(requestId),
  expiresAt: v.optional(dateTime),
  expiresInSeconds: v.optional(wholeNumber(1, 43_200)),
  source: v.optional(textOf(0, 256)),
  reason: v.optional(textOf(0, 1024)),
};
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
