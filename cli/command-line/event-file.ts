import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { whyUnusable } from './file-errors.ts';
import { InputError } from './input-error.ts';
import { brokenAt } from './json-text.ts';

/**
 * Bodies of the events in a file, or on standard input for `-`.
 * @throws InputError where it cannot be read, or begins as JSON and breaks off being it.
 */
export async function readEventFile(path: string): Promise<string[]> {
  const content = await readText(path);
  try {
    return toEventBodies(content);
  } catch (error) {
    throw new InputError(`--events: ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await (path === '-' ? text(process.stdin) : readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(`--events: ${path} cannot be read (${whyUnusable(error)}).`, {
      cause: error,
    });
  }
}

/**
 * The events in a text: the elements of a JSON array, a JSON object, or else one event a line. What
 * a line holds is not checked: what is no event is sent as it stands, for the function to say so.
 * @throws SyntaxError with the position, where the text is JSON over more than a line, and broken.
 */
export function toEventBodies(content: string): string[] {
  const text = content.replace(/^\uFEFF/, '');
  if (text.trim() === '') return [];
  const broken = brokenAt(text);
  if (broken === undefined) {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map((element) => JSON.stringify(element)) : [text.trim()];
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  // JSON lines are whole from the first one on; a text that only begins as JSON was meant as one.
  if (/^[[{]/.test(first) && brokenAt(first) !== undefined) throw new SyntaxError(broken);
  return lines;
}
