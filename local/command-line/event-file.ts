import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { whyUnusable } from './file-errors.ts';
import { InputError } from './input-error.ts';

/**
 * Bodies of the events in a file, or on standard input for `-`.
 * @throws InputError where it cannot be read.
 */
export async function readEventFile(path: string): Promise<string[]> {
  try {
    return toEventBodies(await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')));
  } catch (error) {
    throw new InputError(`--events: ${path} cannot be read (${whyUnusable(error)}).`, {
      cause: error,
    });
  }
}

/**
 * The events in a text: the elements of a JSON array, or else one a line. Nothing is checked: what
 * is no event is sent as it stands, for the function to say so.
 */
export function toEventBodies(text: string): string[] {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') return [];
  const value = parse(whole);
  if (Array.isArray(value)) return value.map((element) => JSON.stringify(element));
  const isBrokenArray = whole.startsWith('[') && whole.endsWith(']') && !linesParse(whole);
  if (value !== undefined || isBrokenArray) return [whole];
  return whole
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const linesParse = (text: string) => text.split('\n').every((line) => parse(line) !== undefined);
