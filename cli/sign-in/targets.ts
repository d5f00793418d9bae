import { writeFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { whyUnusable } from '../command-line/file-errors.ts';
import { InputError } from '../command-line/input-error.ts';
import type { SignInOptions } from './options.ts';
import type { RefreshTokenSecret } from './sign-in.ts';

/**
 * Puts the secret into the ticket secret of a deployment.
 * @throws InputError where the stack or its secret cannot be used; AWS's words quote no value.
 */
export async function writeToStack(stackName: string, secret: RefreshTokenSecret): Promise<string> {
  try {
    const described = new DescribeStacksCommand({ StackName: stackName });
    const { Stacks: [stack] = [] } = await new CloudFormationClient().send(described);
    const output = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'TicketSecretArn');
    if (!output?.OutputValue) {
      throw new InputError(`--stack: ${stackName} has no output TicketSecretArn.`);
    }
    const SecretString = JSON.stringify(secret);
    await new SecretsManagerClient().send(
      new PutSecretValueCommand({ SecretId: output.OutputValue, SecretString }),
    );
    return 'Written. The functions use it from their next look at the secret on: within five minutes.';
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { name, message } = error as Error;
    throw new InputError(`--stack: ${stackName} cannot be used (${name}): ${message}`, {
      cause: error,
    });
  }
}

/**
 * Writes variables for `npm start -- --env-file`, into a file for nobody but its owner.
 * @throws InputError where it is there already, or cannot be written.
 */
export function writeToFile(
  path: string,
  { customer, environment }: Pick<SignInOptions, 'customer' | 'environment'>,
  { refreshToken, clientId, clientSecret }: RefreshTokenSecret,
): string {
  const variables = {
    CUSTOMER_ID: customer,
    CUSTOMER_ENVIRONMENT: environment,
    SO_REFRESH_TOKEN: refreshToken,
    SO_CLIENT_ID: clientId,
    SO_CLIENT_SECRET: clientSecret,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  try {
    // A file that is there keeps its mode, which may let others read it.
    writeFileSync(path, lines.join(''), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new InputError(`--env-out: ${path} cannot be written (${whyUnusable(error)}).`, {
      cause: error,
    });
  }
  return `Written: npm start -- --env-file ${path}`;
}
