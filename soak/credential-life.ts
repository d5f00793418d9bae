import { credentialOwner, newTicketSecret } from '../local/stack/stand-in-credential.ts';
import type { LoginFaultPlan } from '../stand-ins/login-service/server.ts';
import type { RecordedDeployment } from './recorded-deployment.ts';
import { count, type Tally } from './weighted-choice.ts';

/** What becomes of the credential in the course of a run. */
export type CredentialLife = {
  /** Ends what is in use; another one can be had at once. */
  renew(): void;
  /** Told, again and again, which share of the events has its results. */
  progress(share: number): void;
};

const hourMs = 3_600_000;

/**
 * A third of the run by a refresh token, whose access tokens end; a third by a ticket; then that dies,
 * and nobody puts another one but keep-credential.
 */
export function createCredentialLife(
  { deployment, superOffice, loginService }: RecordedDeployment,
  tally: Tally,
): CredentialLife {
  const { tenant } = superOffice;
  const { secretsManager, ticketSecretArn } = deployment;
  let phase: 'refresh token' | 'ticket' | 'dead ticket' = 'refresh token';
  const enter = (next: typeof phase) => {
    phase = next;
    count(tally, `Credential: ${next}`);
  };
  const putTicket = () =>
    // Not so young that keep-credential would let it be.
    secretsManager.put(ticketSecretArn, newTicketSecret(superOffice), Date.now() - hourMs);

  secretsManager.put(ticketSecretArn, JSON.stringify(loginService.consent(credentialOwner)));
  count(tally, `Credential: ${phase}`);
  return {
    renew() {
      tenant.expireTickets();
      if (phase !== 'refresh token') putTicket();
    },
    progress(share) {
      if (phase === 'refresh token' && share >= 1 / 3) {
        enter('ticket');
        putTicket();
      } else if (phase === 'ticket' && share >= 2 / 3) {
        enter('dead ticket');
        tenant.expireTickets();
      }
    },
  };
}

/** Lets a share of the calls to the login service fail. */
export const loginFaults =
  (options: { random: () => number; percent: number; tally: Tally }): LoginFaultPlan =>
  () => {
    if (options.random() * 100 >= options.percent) return undefined;
    const isReset = options.random() < 0.3;
    count(options.tally, `Login service: ${isReset ? 'reset' : '503'}`);
    if (isReset) return { kind: 'reset' };
    return { kind: 'status', status: 503, body: '<html>Service Unavailable</html>' };
  };
