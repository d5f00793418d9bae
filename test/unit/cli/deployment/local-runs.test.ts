import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { localRuns, variablesFile } from '../../../../cli/deployment/local-runs.ts';

const root = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(root, { recursive: true }));
/** No process has it. */
const dead = 2 ** 22 + 1;

const leave = (name: string, ...files: string[]) => {
  mkdirSync(join(root, name));
  for (const file of files) writeFileSync(join(root, name, file), '');
};

describe('localRuns', () => {
  it('finds the variables of each run that is up, and has stood up', () => {
    leave(`local-${process.pid}`, variablesFile);
    leave(`local-${process.ppid}`, 'manifest.json');
    leave(`local-${dead}`, variablesFile);
    leave('e2e', variablesFile);

    expect(localRuns(root)).toEqual([join(root, `local-${process.pid}`, variablesFile)]);
  });

  it('finds none where nothing was ever built', () => {
    expect(localRuns(join(root, 'nowhere'))).toEqual([]);
  });
});
