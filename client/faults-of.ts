import * as v from 'valibot';
import { eventFields } from '../contract/event-fields.ts';
import { excerptOf, kindOf } from '../contract/excerpt.ts';

/** What is wrong with one field of an event. `body` where it is the event as a whole. */
export type RouteChatEventFault = { field: string; message: string };

const isFreeText = (name: string) => name === 'source' || name === 'reason';

/** Every fault of an event, as the parser of the function would find it; none where it is one. */
export function faultsOf(event: unknown): RouteChatEventFault[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return [{ field: 'body', message: `expected an object, got ${kindOf(event)}` }];
  }
  const given = event as Record<string, unknown>;
  const faults: RouteChatEventFault[] = [];
  for (const [field, schema] of Object.entries(eventFields)) {
    const value = given[field];
    const parsed = v.safeParse(schema, value);
    if (parsed.success) continue;
    const found = isFreeText(field) ? kindOf(value) : excerptOf(value);
    faults.push({ field, message: `expected ${parsed.issues[0].message}, got ${found}` });
  }
  if (given.expiresAt !== undefined && given.expiresInSeconds !== undefined) {
    faults.push({
      field: 'expiresInSeconds',
      message: 'expected only one of expiresAt and expiresInSeconds, got both',
    });
  }
  return faults;
}
