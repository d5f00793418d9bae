import type { Clock } from '../superoffice/clock.ts';
import { type CredentialSource, createCredentialSource } from '../superoffice/credential-source.ts';
import type { Report } from './report.ts';

/** The credential a secret holds; its troubles are logged, and counted for the alarms. */
export function createReportedCredentials(
  readSecret: () => Promise<string>,
  report: Report,
  clock: Clock,
): CredentialSource {
  return createCredentialSource({
    readSecret,
    onUnavailable(reason) {
      report.problem('the ticket secret could not be used', { reason });
      report.count('TicketUnavailable');
    },
    onRefused() {
      report.problem('SuperOffice refused the newest credential the secret holds (401)');
      report.count('TicketRefused');
    },
    clock,
  });
}
