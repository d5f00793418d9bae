import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ticketPlaceholder } from '../superoffice/ticket-placeholder.ts';
import { createPlaceholderSecret } from './placeholder-secret.ts';

/** A secret that waits for its ticket. */
export function createTicketSecret(scope: Construct, id: string): ISecret {
  return createPlaceholderSecret(scope, id, {
    description: 'The SoTicket route chat calls SuperOffice with.',
    placeholder: { ticket: ticketPlaceholder },
    whyNotRotated:
      'A new SoTicket is issued against the private key of the tenant, which this stack does not hold: the ticket is replaced by hand, and a refused one raises an alarm. Rotation is to come.',
  });
}
