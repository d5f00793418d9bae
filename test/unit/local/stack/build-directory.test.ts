import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareBuild } from '../../../../local/stack/build-directory.ts';

/** Of a process that is over. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const own = `local-${process.pid}`;

describe('prepareBuild', () => {
  it("names the directory and the log by the process, and empties a namesake's directory", () => {
    mkdirSync(join(root, own));
    writeFileSync(join(root, own, 'left.json'), '');

    const { directory, logFile } = prepareBuild(root);

    expect([basename(directory), basename(logFile)]).toEqual([own, `${own}.log`]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('removes the directories of processes that are over, and nothing else', () => {
    for (const name of [`local-${deadPid}`, `local-${process.ppid}`, 'local-notes', 'soak-1']) {
      mkdirSync(join(root, name));
    }

    prepareBuild(root);

    const kept = new Set([own, `local-${process.ppid}`, 'local-notes', 'soak-1']);
    expect(new Set(readdirSync(root))).toEqual(kept);
  });

  it('removes logs of such processes when they are a day old, and keeps those of others', () => {
    const old = Date.now() / 1_000 - 25 * 3_600;
    const logs = [`local-${deadPid}.log`, `local-${process.ppid}.log`, 'soak-1.log'];
    for (const name of [...logs, `local-${deadPid}1.log`]) writeFileSync(join(root, name), '');
    for (const name of logs) utimesSync(join(root, name), old, old);

    prepareBuild(root);

    expect(new Set(readdirSync(root))).toEqual(
      new Set([own, ...logs.slice(1), `local-${deadPid}1.log`]),
    );
  });
});
