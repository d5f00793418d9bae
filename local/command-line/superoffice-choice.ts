import type { Variables } from '../../cli/command-line/env-file.ts';
import { InputError } from '../../cli/command-line/input-error.ts';
import { UnusableSecretError } from '../../superoffice/secret-fields.ts';
import { secretPlaceholder } from '../../superoffice/secret-placeholder.ts';
import { parseKeyMaterial } from '../../superoffice/system-user.ts';
import type { CredentialKind } from './credential-kind.ts';

/** A tenant as the deployment's settings name it. */
export type TenantSettings = { webApiUrl: string } | { customerId: string; environment?: string };

/** Whose WebAPI the function calls. */
export type SuperOfficeChoice =
  | { kind: 'stand-in'; credential: CredentialKind }
  | {
      kind: 'real';
      tenant: TenantSettings;
      /** What the credential secret is to hold. */
      secret: Record<string, string>;
      /** What the system user secret is to hold; the ticket is made with it. */
      systemUserSecret?: Record<string, string>;
    };

/** All that can be said of a real SuperOffice. */
export const variableNames: readonly string[] = [
  'WEB_API_URL',
  'CUSTOMER_ID',
  'CUSTOMER_ENVIRONMENT',
  'SO_TICKET',
  'SO_REFRESH_TOKEN',
  'SO_CLIENT_ID',
  'SO_CLIENT_SECRET',
  'SO_SYSTEM_USER_TOKEN',
  'SO_PRIVATE_KEY',
  'SO_BEARER_TOKEN',
  'SO_USERNAME',
  'SO_PASSWORD',
  'SO_APP_TOKEN',
];

const addresses = 'WEB_API_URL or CUSTOMER_ID';
const credentials =
  'SO_TICKET, SO_REFRESH_TOKEN, SO_SYSTEM_USER_TOKEN, SO_BEARER_TOKEN, or SO_USERNAME and SO_PASSWORD';
/** What goes along with a credential, all of it. */
const companions: Record<string, readonly string[]> = {
  SO_REFRESH_TOKEN: ['SO_CLIENT_ID', 'SO_CLIENT_SECRET'],
  SO_SYSTEM_USER_TOKEN: ['SO_PRIVATE_KEY', 'SO_APP_TOKEN'],
  SO_USERNAME: ['SO_PASSWORD'],
  SO_PASSWORD: ['SO_USERNAME'],
};

/**
 * Reads where SuperOffice is and what it is shown, from variables; a stand-in where neither is given.
 * @throws InputError that names the variable that is missing, or the two that contradict each other.
 */
export function chooseSuperOffice(variables: Variables): SuperOfficeChoice {
  const tenant = readTenant(variables);
  const secrets = readSecrets(variables, tenant);
  if (tenant === undefined && secrets === undefined) {
    return { kind: 'stand-in', credential: 'ticket' };
  }
  if (tenant === undefined) {
    throw new InputError(`WEB_API_URL: expected ${addresses} along with a credential.`);
  }
  if (secrets === undefined) {
    throw new InputError(`SO_TICKET: expected ${credentials} along with an address.`);
  }
  return { kind: 'real', tenant, ...secrets };
}

function readTenant(variables: Variables): TenantSettings | undefined {
  refuseBoth(variables, ['WEB_API_URL', 'CUSTOMER_ID']);
  refuseBoth(variables, ['WEB_API_URL', 'CUSTOMER_ENVIRONMENT']);
  refuseOneAlone(variables, 'CUSTOMER_ENVIRONMENT', 'CUSTOMER_ID');
  const {
    WEB_API_URL: webApiUrl,
    CUSTOMER_ID: customerId,
    CUSTOMER_ENVIRONMENT: environment,
  } = variables;
  if (webApiUrl) return { webApiUrl };
  return customerId ? { customerId, ...(environment && { environment }) } : undefined;
}

type Secrets = Pick<Extract<SuperOfficeChoice, { kind: 'real' }>, 'secret' | 'systemUserSecret'>;

function readSecrets(
  variables: Variables,
  tenant: TenantSettings | undefined,
): Secrets | undefined {
  refuseBoth(variables, [
    'SO_TICKET',
    'SO_REFRESH_TOKEN',
    'SO_SYSTEM_USER_TOKEN',
    'SO_BEARER_TOKEN',
    'SO_USERNAME',
  ]);
  for (const [name, others] of Object.entries(companions)) {
    for (const other of others) refuseOneAlone(variables, name, other);
  }
  for (const name of ['SO_REFRESH_TOKEN', 'SO_SYSTEM_USER_TOKEN']) {
    if (variables[name] && tenant && 'webApiUrl' in tenant) {
      throw new InputError(
        `CUSTOMER_ID: expected along with ${name}, which the login service renews; found WEB_API_URL.`,
      );
    }
  }
  const {
    SO_TICKET: ticket,
    SO_REFRESH_TOKEN: refreshToken,
    SO_CLIENT_ID: clientId = '',
    SO_CLIENT_SECRET: clientSecret = '',
    SO_SYSTEM_USER_TOKEN: systemUserToken,
    SO_PRIVATE_KEY: privateKey = '',
    SO_BEARER_TOKEN: bearerToken,
    SO_USERNAME: username,
    SO_PASSWORD: password = '',
    SO_APP_TOKEN: appToken = '',
  } = variables;
  const withAppToken = appToken === '' ? {} : { appToken };
  if (ticket) return { secret: { ticket, ...withAppToken } };
  if (refreshToken) return { secret: { refreshToken, clientId, clientSecret } };
  if (bearerToken) return { secret: { bearerToken, ...withAppToken } };
  if (username) return { secret: { username, password, ...withAppToken } };
  if (!systemUserToken) return undefined;
  const customerId = tenant && 'customerId' in tenant ? tenant.customerId : '';
  return {
    secret: { ticket: secretPlaceholder },
    systemUserSecret: { systemUserToken, privateKey, applicationToken: appToken, customerId },
  };
}

function refuseBoth(variables: Variables, names: readonly string[]): void {
  const [one, other] = names.filter((name) => variables[name]);
  if (other === undefined) return;
  throw new InputError(`${one}: expected either ${one} or ${other}; found both.`);
}

function refuseOneAlone(variables: Variables, one: string, other: string): void {
  if (!variables[one] || variables[other]) return;
  throw new InputError(`${other}: expected along with ${one}; found ${one} alone.`);
}

const variableOf: Record<string, string> = {
  webApiUrl: 'WEB_API_URL',
  customerId: 'CUSTOMER_ID',
  environment: 'CUSTOMER_ENVIRONMENT',
};

/**
 * Holds the tenant of a real SuperOffice to the settings' rules before anything is built with it.
 * @throws InputError that names the variable, since whoever set it knows no setting.
 */
export async function checkTenant(tenant: TenantSettings): Promise<void> {
  // Loaded here alone: it brings parts of the CDK along.
  const { parseSettings, SettingsError } = await import('../../bin/settings.ts');
  try {
    parseSettings(tenant);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const says = error.message.replace(/^\w+/, (setting) => variableOf[setting] ?? setting);
    throw new InputError(says, { cause: error });
  }
}

/**
 * Reads a system user's key material as the function will, before anything is built with it.
 * @throws InputError that names the variable of the key, and quotes nothing of it.
 */
export function checkSystemUser(systemUserSecret: Record<string, string>): void {
  try {
    parseKeyMaterial(JSON.stringify(systemUserSecret));
  } catch (error) {
    if (!(error instanceof UnusableSecretError)) throw error;
    // The only field of which more is asked than to be there.
    const says = error.message.replace(/^.* field "privateKey"/, 'SO_PRIVATE_KEY');
    throw new InputError(says, { cause: error });
  }
}
