import {
  type LoginServiceStandIn,
  startLoginService,
} from '../../stand-ins/login-service/server.ts';
import { appToken, passwordOf } from '../../stand-ins/superoffice/authorize.ts';
import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';
import type { CredentialKind } from '../command-line/credential-kind.ts';

/** Whose credential the function has. */
export const credentialOwner = 'router';

/** The secret as it is for the stand-in: another ticket each time. */
export const newTicketSecret = ({ tenant }: SuperOfficeStandIn) =>
  JSON.stringify({ ticket: tenant.issueTicket(credentialOwner), appToken });

/**
 * Settings of a deployment to a stand-in, whose address is another one each time: the functions are
 * told it when they start, and the synthesized stack serves again.
 */
export const standInTenant = { webApiUrl: 'https://stand-in.example/api' };

/** The same with a system user, whose key material the local deployment holds under this ARN. */
export const standInSystemUser = {
  customerId: 'Cust12345',
  systemUserSecretArn:
    'arn:aws:secretsmanager:eu-north-1:000000000000:secret:system-user-of-the-stand-in-a1B2c3',
};

/** What a deployment is given to authenticate with. */
export type StandInCredential = {
  /** Settings of the deployment. */
  context: Record<string, string>;
  environment: Record<string, string>;
  ticketSecret: string;
  systemUserSecret?: string;
  loginService?: LoginServiceStandIn;
};

type Options = { accessTokenSeconds?: number };

/**
 * Has the stand-in give out a credential of this kind, of the associate that has the chats: the system
 * user, too, goes by that name here, as if it had picked them up.
 */
export async function giveCredential(
  kind: CredentialKind,
  superOffice: SuperOfficeStandIn,
  options: Options = {},
): Promise<StandInCredential> {
  const { tenant, webApiUrl } = superOffice;
  const holding = (secret: object) => ({
    context: standInTenant,
    environment: { WEB_API_URL: webApiUrl },
    ticketSecret: JSON.stringify(secret),
  });
  switch (kind) {
    case 'ticket':
      return { ...holding({}), ticketSecret: newTicketSecret(superOffice) };
    case 'password':
      return holding({ username: credentialOwner, password: passwordOf(credentialOwner) });
    case 'bearer-token':
      return holding({ bearerToken: tenant.issueBearer(credentialOwner) });
    case 'system-user':
      return await giveSystemUser(superOffice, options);
    case 'refresh-token': {
      const loginService = await startLoginService({ tenant, ...options });
      const { environment, ...given } = holding(loginService.consent(credentialOwner));
      const LOGIN_SERVICE_URL = loginService.loginUrl;
      return { ...given, environment: { ...environment, LOGIN_SERVICE_URL }, loginService };
    }
  }
}

/** The same: a ticket of the system user, and its key material. */
export async function giveSystemUser(
  superOffice: SuperOfficeStandIn,
  options: Options = {},
): Promise<Required<StandInCredential>> {
  const { tenant, webApiUrl } = superOffice;
  const loginService = await startLoginService({ tenant, systemUser: credentialOwner, ...options });
  return {
    context: standInSystemUser,
    environment: { WEB_API_URL: webApiUrl, LOGIN_SERVICE_URL: loginService.loginUrl },
    ticketSecret: newTicketSecret(superOffice),
    systemUserSecret: JSON.stringify(loginService.keyMaterial()),
    loginService,
  };
}
