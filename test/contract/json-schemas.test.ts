import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { jsonSchemas } from '../../contract/json-schemas.ts';

describe('jsonSchemas', () => {
  it.each(jsonSchemas)('are what is checked in: $name, by npm run schemas', ({ name, schema }) => {
    const file = readFileSync(new URL(`../../contract/${name}`, import.meta.url), 'utf8');

    // As text, so that the order in which a reader meets the fields counts too.
    expect(JSON.stringify(JSON.parse(file), null, 2)).toBe(JSON.stringify(schema, null, 2));
  });
});
