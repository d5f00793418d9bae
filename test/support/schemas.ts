import { readdirSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const contract = new URL('../../contract/', import.meta.url);

/** The text of every example whose name starts with the prefix. */
export const examples = (prefix: string): [name: string, body: string][] =>
  readdirSync(new URL('examples/', contract))
    .filter((name) => name.startsWith(prefix))
    .map((name) => [name, readFileSync(new URL(`examples/${name}`, contract), 'utf8')]);

const ajv = new Ajv2020.default({ strict: false });
addFormats.default(ajv);

const validator = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(new URL(name, contract), 'utf8')));

/** What any reader or producer with a JSON Schema library would say. */
export const isEventBySchema = validator('route-chat-event.schema.json');
export const isResultBySchema = validator('route-chat-result.schema.json');
export const isSecretBySchema = validator('ticket-secret.schema.json');
