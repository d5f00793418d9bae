import * as v from 'valibot';
import { instantOf } from '../../contract/date-time.ts';
import { eventFields } from '../../contract/event-fields.ts';
import { isJsonObject } from '../../contract/json-object.ts';

/** What SuperOffice's webhook says has happened. */
export type SuperOfficeEvent =
  /** Somebody raised our custom event: these are an event's fields, as sound or faulty as they came. */
  | { kind: 'requested'; id: string; event: Record<string, unknown>; askedAt: number }
  /** A webhook was saved, and tries its address. */
  | { kind: 'test' }
  /** The webhook is registered for more than it need be. */
  | { kind: 'other' };

/** What a CRMScript signals, and a webhook is registered for. */
const requestedEvent = 'routechat.requested';

/** What the event of anybody else has. */
const ownFields = ['chatSessionId', 'toAssociate', 'requestId', 'expiresAt'];

/**
 * Reads the envelope of SuperOffice's webhooks; undefined where the body is none.
 * @see https://docs.superoffice.com/en/automation/webhook/dev/notification.html
 */
export function readSuperOfficeEvent(body: unknown, now: number): SuperOfficeEvent | undefined {
  if (!isJsonObject(body)) return undefined;
  const envelope = byLooseName(body);
  const name = envelope.get('event');
  if (typeof name !== 'string' || !envelope.has('eventid')) return undefined;
  switch (name.toLowerCase()) {
    case requestedEvent:
      return { kind: 'requested', ...requestIn(envelope, now) };
    case 'test':
      return { kind: 'test' };
    default:
      // An event of its sender's own may say more than we know, and in these words.
      return ownFields.every((field) => field in body) ? undefined : { kind: 'other' };
  }
}

function requestIn(envelope: Map<string, unknown>, now: number) {
  const eventId = envelope.get('eventid');
  const id = String(eventId);
  const event: Record<string, unknown> = {
    requestId: eventId,
    ...dataIn(envelope),
    ...chatIn(envelope),
  };
  const timestamp = String(envelope.get('timestamp'));
  // UTC, said or unsaid. One that is to come would let the wish live longer.
  const askedAt = instantOf(timestamp) ?? instantOf(`${timestamp}Z`);
  if (askedAt !== undefined) return { id, event, askedAt: Math.min(askedAt, now) };
  // Without it a replay could not be told from the first: a fault, said of the field it bounds.
  return { id, event: { ...event, expiresAt: timestamp }, askedAt: now };
}

/**
 * The fields of an event in the data that was signalled along, whatever SuperOffice calls the object
 * it lands in, or beside the envelope's own fields, as a webhook's custom properties may.
 */
function dataIn(envelope: Map<string, unknown>): Record<string, unknown> {
  const places = [...[...envelope.values()].filter(isJsonObject).map(byLooseName), envelope];
  const found = Object.entries(eventFields).flatMap(([field, schema]) => {
    const place = places.find((names) => names.has(field.toLowerCase()));
    return place ? [[field, asMeant(schema, place.get(field.toLowerCase()))]] : [];
  });
  return Object.fromEntries(found);
}

/** The session an event is raised for; its data may name one where that is left out. */
function chatIn(envelope: Map<string, unknown>) {
  const primaryKey = asMeant(eventFields.chatSessionId, envelope.get('primarykey'));
  return primaryKey ? { chatSessionId: primaryKey } : {};
}

/** A script may have only text to give: `"60"` is 60 where a number is wanted. */
function asMeant(schema: v.GenericSchema, value: unknown): unknown {
  if (typeof value !== 'string' || v.is(schema, value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return v.is(schema, parsed) ? parsed : value;
  } catch {
    return value;
  }
}

/** The documentation writes names in more than one case. */
const byLooseName = (object: object) =>
  new Map<string, unknown>(
    Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]),
  );
