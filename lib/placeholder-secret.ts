import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export type PlaceholderSecretProps = {
  readonly description: string;
  /** What it holds until somebody fills it. */
  readonly placeholder: object;
  readonly whyNotRotated: string;
};

/**
 * A secret that waits to be filled by hand.
 *
 * CloudFormation may write the placeholder again when a property of the secret changes, over what
 * somebody put there. So this declares what it needs once, and stays as it is.
 */
export function createPlaceholderSecret(
  scope: Construct,
  id: string,
  { description, placeholder, whyNotRotated }: PlaceholderSecretProps,
): ISecret {
  const secret = new Secret(scope, id, {
    description,
    secretStringValue: SecretValue.unsafePlainText(JSON.stringify(placeholder)),
    // No credential outlives its use; Secrets Manager keeps a deleted one for some days to restore.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: whyNotRotated });
  // Its optional key is declared as possibly undefined there, and as either there or not here.
  return secret as ISecret;
}
