import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvFile } from '../../cli/command-line/env-file.ts';
import { writeToFile, writeToSecret } from '../../cli/sign-in/targets.ts';
import { chooseSuperOffice } from '../../local/command-line/superoffice-choice.ts';
import {
  type SecretsManagerStandIn,
  startSecretsManager,
} from '../../stand-ins/secrets-manager.ts';
import { parseCredential } from '../../superoffice/credential.ts';

const directory = mkdtempSync(join(tmpdir(), 'sign-in-'));
afterAll(() => rmSync(directory, { recursive: true }));

const tenant = { customer: 'Cust12345', environment: 'sod' } as const;
const secret = { refreshToken: 'r', clientId: 'c', clientSecret: '§' };

describe('writeToSecret', () => {
  const before = { ...process.env };
  const arn = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:ticket-a1B2c3';
  let secretsManager: SecretsManagerStandIn;

  beforeAll(async () => {
    secretsManager = await startSecretsManager({ secrets: { [arn]: '{"ticket":"REPLACE-ME"}' } });
    Object.assign(process.env, {
      AWS_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
    });
  });
  afterAll(async () => {
    process.env = before;
    await secretsManager.close();
  });

  it('puts what the functions can use in the place of the placeholder', async () => {
    expect(await writeToSecret(arn, secret)).toMatch(/^Written\./);
    expect(parseCredential(secretsManager.read(arn))).toEqual(secret);
  });

  it('says which right is missing, and quotes nothing', async () => {
    secretsManager.setFault(() => ({ kind: 'error', type: 'AccessDeniedException' }));
    const writing = writeToSecret(arn, secret);

    await expect(writing).rejects.toThrow('may not secretsmanager:PutSecretValue');
    await expect(writing).rejects.not.toThrow('§');
  });
});

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
