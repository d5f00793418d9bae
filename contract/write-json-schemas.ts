import { writeFileSync } from 'node:fs';
import { jsonSchemas } from './json-schemas.ts';

for (const { name, schema } of jsonSchemas) {
  writeFileSync(new URL(name, import.meta.url), JSON.stringify(schema));
}
