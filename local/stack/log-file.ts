import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const buildDirectory = fileURLToPath(new URL('../../.build/', import.meta.url));

const dayMs = 86_400_000;

/** What the functions of a local run log: by process, so that two runs do not meet. */
export const logFileIn = (directory = buildDirectory) =>
  join(directory, `local-${process.pid}.log`);

/** Makes its directory, and removes the logs of runs that are over, when they are a day old. */
export function prepareLogFile(directory = buildDirectory): string {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    const [, pid] = /^local-(\d+)\.log$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    if (isOld(join(directory, name))) remove(join(directory, name));
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
