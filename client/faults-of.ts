import { kindOf } from '../contract/excerpt.ts';
import { isJsonObject } from '../contract/json-object.ts';
import { type FieldFault, readFields } from '../contract/read-fields.ts';

/** What is wrong with one field of an event. `body` where it is the event as a whole. */
export type RouteChatEventFault = FieldFault;

/** Every fault of an event, as the parser of the function would find it; none where it is one. */
export function faultsOf(event: unknown): RouteChatEventFault[] {
  if (!isJsonObject(event)) {
    return [{ field: 'body', message: `expected an object, got ${kindOf(event)}` }];
  }
  const given = Object.entries(event).map(([name, value]) => [name, asSent(value)] as const);
  return readFields(new Map(given)).faults;
}

/** In JSON a gap in a list is null. */
const asSent = (value: unknown) =>
  Array.isArray(value) ? value.map((entry) => entry ?? null) : value;
