import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { localRuns, variablesFileOf } from '../../../../cli/deployment/local-runs.ts';

const directory = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(directory, { recursive: true }));
/** Of a process that is over. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

describe('localRuns', () => {
  it('finds the variables of each run that is up', () => {
    const mine = variablesFileOf(process.pid, directory);
    const dead = variablesFileOf(deadPid, directory);
    for (const file of [mine, dead, join(directory, 'other.env')]) writeFileSync(file, '');

    expect(localRuns(directory)).toEqual([mine]);
  });

  it('finds none where there never was one', () => {
    expect(localRuns(join(directory, 'nowhere'))).toEqual([]);
  });
});
