import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const buildDirectory = fileURLToPath(new URL('../../.build/', import.meta.url));

const dayMs = 86_400_000;

/** Where a local run builds, and what its functions log: by process, so that two runs do not meet. */
export const buildPaths = (root = buildDirectory) => ({
  directory: join(root, `local-${process.pid}`),
  logFile: join(root, `local-${process.pid}.log`),
});

/** Makes the directory, and removes what runs that are over have left: logs when they are a day old. */
export function prepareBuild(root = buildDirectory) {
  const paths = buildPaths(root);
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(root)) {
    const [, pid, log] = /^local-(\d+)(\.log)?$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    if (log === undefined || isOld(join(root, name))) remove(join(root, name));
  }
  // A process that is gone may have had this one's id.
  rmSync(paths.directory, { recursive: true, force: true });
  mkdirSync(paths.directory);
  return paths;
}

const isOld = (path: string) =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > dayMs;

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
