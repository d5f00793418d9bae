import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../superoffice/clock.ts';
import type { Report } from './report.ts';
import { createTicket, type Ticket } from './ticket.ts';
import { awsClientBounds } from './timing.ts';

/** The ticket in a Secrets Manager secret, with what goes wrong reported and counted for the alarms. */
export function ticketFromSecret(secretArn: string, report: Report, clock: Clock): Ticket {
  const client = new SecretsManagerClient(awsClientBounds);
  return createTicket({
    async readSecret() {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId: secretArn }),
      );
      return SecretString ?? '';
    },
    onUnavailable(reason) {
      report.problem('the ticket secret could not be used', { reason });
      report.count('TicketUnavailable');
    },
    onRefused() {
      report.problem('SuperOffice refused the newest ticket the secret holds (401)');
      report.count('TicketRefused');
    },
    clock,
  });
}
