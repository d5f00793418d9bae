import * as v from 'valibot';
import { eventFields, fieldsOfAnOffer } from './event-fields.ts';
import { excerptOf, kindOf } from './excerpt.ts';

/** What is wrong with one field: what was expected, and what was found. */
export type FieldFault = { field: string; message: string };

const isFreeText = (name: string) => name === 'source' || name === 'reason';

/**
 * Every fault of an event's fields, and the fields that are valid by themselves, as they were given.
 * @param given the event's fields as they were given, by name
 */
export function readFields(given: ReadonlyMap<string, unknown>): {
  valid: Record<string, unknown>;
  faults: FieldFault[];
} {
  const valid: Record<string, unknown> = {};
  const faults: FieldFault[] = [];
  for (const [name, schema] of Object.entries(eventFields)) {
    const parsed = v.safeParse(schema as v.GenericSchema, given.get(name));
    if (parsed.success) {
      if (parsed.output !== undefined) valid[name] = parsed.output;
      continue;
    }
    const { input, message, path } = parsed.issues[0];
    const found = isFreeText(name) ? kindOf(input) : excerptOf(input);
    const at = path?.map(({ key }) => `[${key}]`).join('') ?? '';
    faults.push({ field: name + at, message: `expected ${message}, got ${found}` });
  }

  const has = (name: string) => given.get(name) !== undefined;
  if (has('expiresAt') && has('expiresInSeconds')) {
    faults.push({
      field: 'expiresInSeconds',
      message: 'expected only one of expiresAt and expiresInSeconds, got both',
    });
  }
  for (const field of fieldsOfAnOffer) {
    if (!has(field) || has('acceptWithinSeconds')) continue;
    faults.push({ field, message: 'expected it beside acceptWithinSeconds, got it alone' });
  }
  return { valid, faults };
}
