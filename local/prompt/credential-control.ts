import type { SecretsManagerStandIn } from '../../stand-ins/secrets-manager.ts';
import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';
import type { CredentialKind } from '../command-line/credential-kind.ts';
import { newTicketSecret } from '../stack/stand-in-credential.ts';

/** Whose credential it is, and where the function has it from. */
export type CredentialPlace = {
  superOffice: SuperOfficeStandIn;
  deployment: {
    secretsManager: Pick<SecretsManagerStandIn, 'read' | 'put'>;
    ticketSecretArn: string;
  };
  credentialKind: CredentialKind;
};

const sixHoursMs = 6 * 60 * 60 * 1000;

/** Ends what the function shows SuperOffice, where it is given for a while; says what comes next. */
export function expireTicket({ superOffice, deployment, credentialKind }: CredentialPlace): string {
  switch (credentialKind) {
    case 'ticket':
      superOffice.tenant.expireTickets();
      return 'The ticket is dead. Events wait for another one, up to their deadline.';
    case 'system-user': {
      const { secretsManager, ticketSecretArn } = deployment;
      superOffice.tenant.expireTickets();
      // As old as it would be: no other ticket is made in the place of one younger than ten minutes.
      const secret = secretsManager.read(ticketSecretArn);
      secretsManager.put(ticketSecretArn, secret, Date.now() - sixHoursMs);
      return 'The ticket is dead. At the next event the function has another one made by the system user.';
    }
    case 'refresh-token':
      superOffice.tenant.expireTickets();
      return 'The access token is dead. At the next event the function gets another one by the refresh token.';
    default:
      return onlyTickets('expire-ticket', credentialKind);
  }
}

/** Puts another ticket in the place of one, and of nothing else. */
export function renewTicket({ superOffice, deployment, credentialKind }: CredentialPlace): string {
  if (credentialKind !== 'ticket' && credentialKind !== 'system-user') {
    return onlyTickets('renew-ticket', credentialKind);
  }
  deployment.secretsManager.put(deployment.ticketSecretArn, newTicketSecret(superOffice));
  return 'A new ticket is in the secret.';
}

const onlyTickets = (command: string, kind: CredentialKind) =>
  `${command} is for tickets; here the function has a ${kind.replace('-', ' ')}. Nothing was changed.`;
