import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { unwritable } from '../../cli/command-line/env-file.ts';

/**
 * Looks ahead of the start whether the file can be written, and leaves nothing there: whoever waits
 * for it would read it empty.
 * @throws InputError as writing it would.
 */
export function checkEnvOut(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error('A directory'), { code: 'EISDIR' });
    // By the dot, what is no directory is refused, too.
    accessSync(there ? path : `${dirname(path)}/.`, constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}
