import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareLogFile } from '../../../../local/stack/log-file.ts';

/** Of a process that is over. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'build-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('prepareLogFile', () => {
  it('names the log by the process, in a directory that need not be there yet', () => {
    expect(basename(prepareLogFile(join(directory, 'new')))).toBe(`local-${process.pid}.log`);
    expect(readdirSync(directory)).toEqual(['new']);
  });

  it('removes logs of processes that are over when they are a day old, what they left for clients at once, and nothing of others', () => {
    const old = Date.now() / 1_000 - 25 * 3_600;
    const logs = [`local-${deadPid}.log`, `local-${process.ppid}.log`, 'soak-1.log'];
    const variables = `local-${deadPid}.env`;
    for (const name of [...logs, `local-${deadPid}1.log`, variables]) {
      writeFileSync(join(directory, name), '');
    }
    for (const name of logs) utimesSync(join(directory, name), old, old);

    prepareLogFile(directory);

    expect(new Set(readdirSync(directory))).toEqual(
      new Set([...logs.slice(1), `local-${deadPid}1.log`]),
    );
  });
});
