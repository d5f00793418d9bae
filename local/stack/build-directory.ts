import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a local run builds, and what its functions log. */
export type BuildPlace = { directory: string; logFile: string };

const buildDirectory = fileURLToPath(new URL('../../.build/', import.meta.url));

/** How many logs of runs that are over are kept. */
const mostLogs = 4;

/** A place of this process's own, so that two local runs do not write over each other. */
export const buildPlace = (root = buildDirectory): BuildPlace => ({
  directory: join(root, `local-${process.pid}`),
  logFile: join(root, `local-${process.pid}.log`),
});

/** Makes the place, and removes what runs that could not clean up have left. */
export function prepareBuildPlace(root = buildDirectory): BuildPlace {
  const place = buildPlace(root);
  mkdirSync(root, { recursive: true });
  removeLeftovers(root);
  // A process that is gone may have had this one's id.
  rmSync(place.directory, { recursive: true, force: true });
  mkdirSync(place.directory);
  return place;
}

function removeLeftovers(root: string): void {
  const leftovers = readdirSync(root).flatMap((name) => {
    const [, pid, extension] = /^local-(\d+)(\.log)?$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) return [];
    return [{ path: join(root, name), isLog: extension !== undefined }];
  });
  const logs = leftovers.filter(({ isLog }) => isLog).map(({ path }) => path);
  const directories = leftovers.filter(({ isLog }) => !isLog).map(({ path }) => path);
  const oldLogs = logs.toSorted((one, other) => changedAt(other) - changedAt(one)).slice(mostLogs);
  for (const path of [...directories, ...oldLogs]) remove(path);
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** What cannot be removed, since it is another user's, is in nobody's way. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {}
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
