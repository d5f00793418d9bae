import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareBuildPlace } from '../../../../local/stack/build-directory.ts';

/** Of processes that are over. */
const deadPids = Array.from({ length: 6 }, () => spawnSync(process.execPath, ['--version']).pid);
const [deadPid] = deadPids;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const own = `local-${process.pid}`;

describe('prepareBuildPlace', () => {
  it("names the directory and the log by the process, and empties a namesake's directory", () => {
    mkdirSync(join(root, own));
    writeFileSync(join(root, own, 'left.json'), '');

    const { directory, logFile } = prepareBuildPlace(root);

    expect([basename(directory), basename(logFile)]).toEqual([own, `${own}.log`]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('removes the directories of processes that are over, and nothing else', () => {
    for (const name of [`local-${deadPid}`, `local-${process.ppid}`, 'local-notes', 'soak-1']) {
      mkdirSync(join(root, name));
    }

    prepareBuildPlace(root);

    const kept = new Set([own, `local-${process.ppid}`, 'local-notes', 'soak-1']);
    expect(new Set(readdirSync(root))).toEqual(kept);
  });

  it('keeps the newest logs', () => {
    for (const [age, pid] of deadPids.entries()) {
      const file = join(root, `local-${pid}.log`);
      writeFileSync(file, '');
      utimesSync(file, 1_000 - age, 1_000 - age);
    }

    prepareBuildPlace(root);

    const kept = deadPids.slice(0, 4).map((pid) => `local-${pid}.log`);
    expect(new Set(readdirSync(root))).toEqual(new Set([own, ...kept]));
  });
});
