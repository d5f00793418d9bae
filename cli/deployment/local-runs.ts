import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where local runs leave files, from the clone's root. */
const buildDirectory = '.build';

/** The file in which a local run leaves what a client of its needs, for as long as it is up. */
export const variablesFileOf = (pid: number, directory = buildDirectory) =>
  join(directory, `local-${pid}.env`);

/** Those of the local runs that are up. */
export function localRuns(directory = buildDirectory): string[] {
  return namesIn(directory).flatMap((name) => {
    const [, pid] = /^local-(\d+)\.env$/.exec(name) ?? [];
    return pid !== undefined && isAlive(Number(pid)) ? [join(directory, name)] : [];
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Whether such a process runs, be it another user's. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
