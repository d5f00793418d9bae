import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { eventSchema } from './event-schema.ts';
import { associateSchema, resultSchema } from './result-schema.ts';

/** The messages' schemas in JSON, made from those in code: what `npm run schemas` writes. */
export const jsonSchemas = [
  toFile('route-chat-event.schema.json', eventSchema),
  toFile('route-chat-result.schema.json', resultSchema, { associate: associateSchema }),
];

function toFile(
  name: string,
  schema: v.GenericSchema,
  definitions: ConversionConfig['definitions'] = {},
) {
  const { $schema, title, description, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    definitions,
    // Checks in code say in metadata beside them what they are in JSON Schema.
    ignoreActions: ['check'],
    overrideSchema: ({ jsonSchema }) => withNullAmongTypes(jsonSchema),
    overrideAction: ({ valibotAction, jsonSchema }) =>
      // JSON Schema's patterns are Unicode's without saying so.
      valibotAction.type === 'regex'
        ? {
            ...jsonSchema,
            pattern: (valibotAction as v.RegexAction<string, undefined>).requirement.source,
          }
        : undefined,
  });
  return { name, schema: { $schema, $id: name, title, description, ...rest } };
}

/** `"type": ["string", "null"]` for an `anyOf` of the two. */
function withNullAmongTypes({ anyOf, ...rest }: JsonSchema): JsonSchema | undefined {
  const [one, other] = anyOf ?? [];
  if (typeof one !== 'object' || typeof other !== 'object') return undefined;
  if (other.type !== 'null' || typeof one.type !== 'string') return undefined;
  return { ...rest, ...one, type: [one.type, 'null'] };
}
