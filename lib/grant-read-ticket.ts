import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';

/**
 * Lets somebody read the secret, and have Secrets Manager decrypt it. The secret's own grant leaves
 * the second to the policy of its key, which is out of reach where the key is imported.
 */
export function grantReadTicket(secret: ISecret, grantee: IGrantable): void {
  secret.grantRead(grantee);
  if (!secret.encryptionKey) return;
  Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [secret.encryptionKey.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(secret).region}.amazonaws.com` },
    },
  });
}
