import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Stack } from 'aws-cdk-lib/core';

/** Lets somebody read the secret, and have Secrets Manager decrypt it. */
export const grantReadSecret = (secret: ISecret, grantee: IGrantable): void =>
  grant(secret, grantee, 'secretsmanager:GetSecretValue', ['kms:Decrypt']);

/** Lets somebody put another value into the secret, and have Secrets Manager encrypt it. */
export const grantPutSecret = (secret: ISecret, grantee: IGrantable): void =>
  grant(secret, grantee, 'secretsmanager:PutSecretValue', ['kms:GenerateDataKey', 'kms:Decrypt']);

/**
 * By hand: the secret's own grants allow to describe it as well, and leave its key to the policy of
 * that key, which is out of reach where the key is imported.
 */
function grant(secret: ISecret, grantee: IGrantable, action: string, keyActions: string[]): void {
  // By its name, a secret is known without the six characters at its end, and a policy asks for them.
  const secretArn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
  Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [secretArn] });
  if (!secret.encryptionKey) return;
  Grant.addToPrincipal({
    grantee,
    actions: keyActions,
    resourceArns: [secret.encryptionKey.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(secret).region}.amazonaws.com` },
    },
  });
}
