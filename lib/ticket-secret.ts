import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ticketPlaceholder } from '../superoffice/ticket-placeholder.ts';

/**
 * A secret that waits for its ticket.
 *
 * CloudFormation may write the placeholder again when a property of the secret changes, over the
 * ticket somebody put there. So this declares what it needs once, and stays as it is.
 */
export function createTicketSecret(scope: Construct, id: string): ISecret {
  const secret = new Secret(scope, id, {
    description: 'The SoTicket route chat calls SuperOffice with.',
    secretStringValue: SecretValue.unsafePlainText(JSON.stringify({ ticket: ticketPlaceholder })),
    // No credential outlives its use; Secrets Manager keeps a deleted one for some days to restore.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'A new SoTicket is issued against the private key of the tenant, which this stack does not hold: the ticket is replaced by hand, and a refused one raises an alarm. Rotation is to come.',
  });
  // Its optional key is declared as possibly undefined there, and as either there or not here.
  return secret as ISecret;
}
