import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../cli/deployment/local-runs.ts';

const buildDirectory = fileURLToPath(new URL('../../.build/', import.meta.url));

const dayMs = 86_400_000;

/** What the functions of a local run log: by process, so that two runs do not meet. */
export const logFileIn = (directory = buildDirectory) =>
  join(directory, `local-${process.pid}.log`);

/**
 * Makes its directory, and removes what runs that are over have left: logs when they are a day old.
 */
export function prepareLogFile(directory = buildDirectory): string {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    const [, pid, kind] = /^local-(\d+)\.(log|env)$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    if (kind === 'env' || isOld(join(directory, name))) remove(join(directory, name));
  }
  return logFileIn(directory);
}

const isOld = (path: string) =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > dayMs;

/** What cannot be removed, since it is another user's, is in nobody's way. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
