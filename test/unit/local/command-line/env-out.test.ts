import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { writeEnvFile } from '../../../../cli/command-line/env-file.ts';
import { checkEnvOut } from '../../../../local/command-line/env-out.ts';

const directory = mkdtempSync(join(tmpdir(), 'env-out-'));
afterAll(() => rmSync(directory, { recursive: true }));
const there = join(directory, 'there.env');
writeFileSync(there, 'OLD=1');
mkdirSync(join(directory, 'folder'));

const messageOf = (act: () => void) => {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('checkEnvOut', () => {
  it.each(['none/local.env', 'folder', 'there.env/local.env'])(
    'refuses "%s" as writing it would',
    (name) => {
      const path = join(directory, name);

      const says = messageOf(() => checkEnvOut(path));

      expect(says).toMatch(/^--env-out: .* cannot be written \(.+\)\.$/);
      expect(says).toBe(messageOf(() => writeEnvFile(path, {})));
    },
  );

  it('leaves nothing where nothing is, and what is there as it is', () => {
    checkEnvOut(join(directory, 'new.env'));
    checkEnvOut(there);

    expect(readdirSync(directory).sort()).toEqual(['folder', 'there.env']);
    expect(readFileSync(there, 'utf8')).toBe('OLD=1');
  });
});
