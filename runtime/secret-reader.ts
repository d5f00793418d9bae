import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsCallBound, awsClientBounds } from './aws-client.ts';

/** A secret as it was when it was read. */
export type SecretVersion = {
  /** Empty where the secret is binary. */
  secretString: string;
  versionId: string;
  /** Epoch milliseconds. */
  createdAt: number;
};

/** Reads the current version of a secret; rejects with AWS's error. */
export function createSecretReader(secretArn: string): () => Promise<SecretVersion> {
  const client = new SecretsManagerClient(awsClientBounds);
  return async () => {
    const { SecretString, VersionId, CreatedDate } = await client.send(
      new GetSecretValueCommand({ SecretId: secretArn }),
      awsCallBound(),
    );
    return {
      secretString: SecretString ?? '',
      versionId: VersionId ?? '',
      createdAt: CreatedDate?.getTime() ?? 0,
    };
  };
}
