import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsCallBound, awsClientBounds } from './aws-client.ts';

/** Reads the SecretString of a secret; rejects with AWS's error. */
export function createSecretReader(secretArn: string): () => Promise<string> {
  const client = new SecretsManagerClient(awsClientBounds);
  return async () => {
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: secretArn }),
      awsCallBound(),
    );
    return SecretString ?? '';
  };
}
