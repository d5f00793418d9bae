import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A process held to its share of the processor. */
export type LimitedProcess = {
  /** Once the process has ended. */
  remove(): void;
};

/** Holds a process, from now on, to so many processors: 0.5 is half of one. */
export type LimitCpu = (pid: number, cpus: number) => LimitedProcess;

/** Lambda's scheduler lets a function use its share anew every 20 ms. */
const periodMicroseconds = 20_000;

/** Where control groups can be made, and how one is given its share. */
type Version = { parent: string; give(group: string, quota: number): void };

/**
 * Limits by Linux's control groups, version 1 or 2; or why this machine does not let us.
 * @param root where they are mounted
 * @param membership of this process, as in /proc/self/cgroup
 */
export function openCpuLimit(
  root = '/sys/fs/cgroup',
  membership = readIfThere('/proc/self/cgroup'),
): { limit: LimitCpu } | { whyNot: string } {
  const tried: string[] = [];
  for (const version of [...versionsOne(root, membership), ...versionsTwo(root, membership)]) {
    try {
      makeGroup(version, 1, 'try').remove();
      return {
        limit(pid, cpus) {
          const group = makeGroup(version, cpus, String(pid));
          writeFileSync(join(group.path, 'cgroup.procs'), String(pid));
          return group;
        },
      };
    } catch (error) {
      tried.push(`${version.parent}: ${error}`);
    }
  }
  return { whyNot: tried.join('; ') || `no control groups for the processor below ${root}` };
}

function makeGroup({ parent, give }: Version, cpus: number, name: string) {
  const path = join(parent, `route-chat-bench-${process.pid}-${name}`);
  mkdirSync(path);
  const remove = () => rmdirSync(path);
  try {
    give(path, Math.round(cpus * periodMicroseconds));
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}

function versionsOne(root: string, membership: string): Version[] {
  const own = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/m.exec(membership)?.[1] ?? '/';
  return ['cpu', 'cpu,cpuacct']
    .flatMap((controller) => [join(root, controller, own), join(root, controller)])
    .filter((parent) => existsSync(join(parent, 'cpu.cfs_quota_us')))
    .map((parent) => ({
      parent,
      give(group, quota) {
        writeFileSync(join(group, 'cpu.cfs_period_us'), String(periodMicroseconds));
        writeFileSync(join(group, 'cpu.cfs_quota_us'), String(quota));
      },
    }));
}

function versionsTwo(root: string, membership: string): Version[] {
  const own = /^0::(.*)$/m.exec(membership)?.[1] ?? '/';
  return [join(root, own), root]
    .filter((parent) => /\bcpu\b/.test(readIfThere(join(parent, 'cgroup.controllers'))))
    .map((parent) => ({
      parent,
      give(group, quota) {
        appendFileSync(join(parent, 'cgroup.subtree_control'), '+cpu');
        writeFileSync(join(group, 'cpu.max'), `${quota} ${periodMicroseconds}`);
      },
    }));
}

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
