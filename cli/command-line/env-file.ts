import { readFileSync, type WriteFileOptions, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { whyUnusable } from './file-errors.ts';
import { InputError } from './input-error.ts';

export type Variables = Record<string, string | undefined>;

/** @throws InputError where it cannot be read. */
export function readEnvFile(path: string): Variables {
  try {
    // PowerShell begins a file with a byte order mark.
    return parseEnv(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new InputError(`--env-file: ${path} cannot be read (${whyUnusable(error)}).`, {
      cause: error,
    });
  }
}

/**
 * Writes KEY=VALUE lines, as `node --env-file` and Docker read them.
 * @throws InputError where the file cannot be written.
 */
export function writeEnvFile(
  path: string,
  variables: Record<string, string>,
  options?: WriteFileOptions,
): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  try {
    writeFileSync(path, lines.join(''), options);
  } catch (error) {
    throw unwritable(path, error);
  }
}

export const unwritable = (path: string, error: unknown) =>
  new InputError(`--env-out: ${path} cannot be written (${whyUnusable(error)}).`, { cause: error });
