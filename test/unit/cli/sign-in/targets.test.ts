import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEnvFile } from '../../../../cli/command-line/env-file.ts';
import { writeToFile } from '../../../../cli/sign-in/targets.ts';
import { chooseSuperOffice } from '../../../../local/command-line/superoffice-choice.ts';

const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
afterAll(() => rmSync(directory, { recursive: true }));

const tenant = { customer: 'Cust12345', environment: 'sod' } as const;
const secret = { refreshToken: 'r', clientId: 'c', clientSecret: '§' };

describe('writeToFile', () => {
  it('writes what npm start reads, for nobody else to read', () => {
    const path = join(directory, 'so.env');

    expect(writeToFile(path, tenant, secret)).toBe(`Written: npm start -- --env-file ${path}`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(chooseSuperOffice(readEnvFile(path))).toEqual({
      kind: 'real',
      tenant: { customerId: 'Cust12345', environment: 'sod' },
      secret,
    });
  });

  it.each([
    ['where a file is there, which others may read', 'so.env', 'it is there already'],
    ['where there is no such directory', 'none/so.env', 'no such file or directory'],
  ])('writes nothing %s, and quotes nothing', (_, name, why) => {
    const write = () => writeToFile(join(directory, name), tenant, secret);

    expect(write).toThrow(`cannot be written (${why}).`);
    expect(write).not.toThrow('§');
  });
});
