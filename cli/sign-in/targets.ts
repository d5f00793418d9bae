import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientBounds } from '../../client/sqs.ts';
import type { RefreshToken } from '../../superoffice/credential.ts';
import { writeEnvFile } from '../command-line/env-file.ts';
import { awsFailure } from '../deployment/aws-failure.ts';
import type { SignInOptions } from './options.ts';

/** For each of two attempts: some regions are far away. */
const requestTimeoutMs = 5_000;

/**
 * Puts the secret into the credential secret of a deployment.
 * @throws InputError where it cannot be put.
 */
export async function writeToSecret(secretArn: string, secret: RefreshToken): Promise<string> {
  const client = new SecretsManagerClient(clientBounds(requestTimeoutMs));
  const SecretString = JSON.stringify(secret);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
  } catch (error) {
    throw awsFailure(error, 'secretsmanager:PutSecretValue') ?? error;
  }
  return 'Written. The functions use it from their next look at the secret on: within five minutes.';
}

/**
 * Writes variables for `npm start -- --env-file`, into a file for nobody but its owner.
 * @throws InputError where it is there already, or cannot be written.
 */
export function writeToFile(
  path: string,
  { customer, environment }: Pick<SignInOptions, 'customer' | 'environment'>,
  { refreshToken, clientId, clientSecret }: RefreshToken,
): string {
  const variables = {
    CUSTOMER_ID: customer,
    CUSTOMER_ENVIRONMENT: environment,
    SO_REFRESH_TOKEN: refreshToken,
    SO_CLIENT_ID: clientId,
    SO_CLIENT_SECRET: clientSecret,
  };
  // A file that is there keeps its mode, which may let others read it.
  writeEnvFile(path, variables, { mode: 0o600, flag: 'wx' });
  return `Written: npm start -- --env-file ${path}`;
}
