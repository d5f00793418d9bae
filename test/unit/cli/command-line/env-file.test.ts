import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvFile, writeEnvFile } from '../../../../cli/command-line/env-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'env-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('readEnvFile', () => {
  it('reads a file that begins with a byte order mark', () => {
    const file = join(directory, 'bom.env');
    writeFileSync(file, '\ufeffSO_TICKET=7T:x\n');

    expect({ ...readEnvFile(file) }).toEqual({ SO_TICKET: '7T:x' });
  });
});

describe('writeEnvFile', () => {
  it('writes what readEnvFile reads', () => {
    const file = join(directory, 'local.env');
    const variables = { AWS_REGION: 'eu-north-1', EVENT_QUEUE_URL: 'http://127.0.0.1:1/0/e.fifo' };

    writeEnvFile(file, variables);

    expect({ ...readEnvFile(file) }).toEqual(variables);
  });

  it('says in one line why it cannot', () => {
    const path = join(directory, 'none', 'local.env');

    expect(() => writeEnvFile(path, {})).toThrow(
      `--env-out: ${path} cannot be written (no such file or directory).`,
    );
  });
});
