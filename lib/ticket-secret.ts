import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { secretPlaceholder } from '../superoffice/secret-placeholder.ts';
import { createPlaceholderSecret } from './placeholder-secret.ts';

/** A secret that waits for its ticket. */
export function createTicketSecret(scope: Construct, id: string): ISecret {
  return createPlaceholderSecret(scope, id, {
    // Or whatever else is a credential. Other words would be an update, after which it may be a placeholder.
    description: 'The SoTicket route chat calls SuperOffice with.',
    placeholder: { ticket: secretPlaceholder },
    whyNotRotated:
      'keep-credential takes the place of rotation: it uses the ticket every hour, and with a system user it replaces one that was refused at once, which windows of rotation would not (docs/decisions/keep-credential-takes-the-place-of-rotation.md).',
  });
}
