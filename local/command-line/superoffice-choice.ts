import type { Variables } from '../../cli/command-line/env-file.ts';
import { InputError } from '../../cli/command-line/input-error.ts';

/** A tenant as the deployment's settings name it. */
export type TenantSettings = { webApiUrl: string } | { customerId: string; environment?: string };

/** Whose WebAPI the function calls. */
export type SuperOfficeChoice =
  | { kind: 'stand-in' }
  | {
      kind: 'real';
      tenant: TenantSettings;
      /** What the ticket secret is to hold. */
      secret: Record<string, string>;
    };

const addresses = 'WEB_API_URL or CUSTOMER_ID';
const credentials = 'SO_TICKET, SO_BEARER_TOKEN, or SO_USERNAME and SO_PASSWORD';

/**
 * Reads where SuperOffice is and what it is shown, from variables; a stand-in where neither is given.
 * @throws InputError that names the variable that is missing, or the two that contradict each other.
 */
export function chooseSuperOffice(variables: Variables): SuperOfficeChoice {
  const tenant = readTenant(variables);
  const credential = readCredential(variables);
  if (tenant === undefined && credential === undefined) return { kind: 'stand-in' };
  if (tenant === undefined) {
    throw new InputError(`WEB_API_URL: expected ${addresses} along with a credential.`);
  }
  if (credential === undefined) {
    throw new InputError(`SO_TICKET: expected ${credentials} along with an address.`);
  }
  const { SO_APP_TOKEN: appToken } = variables;
  return { kind: 'real', tenant, secret: { ...credential, ...(appToken && { appToken }) } };
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

function readCredential(variables: Variables): Record<string, string> | undefined {
  refuseBoth(variables, ['SO_TICKET', 'SO_BEARER_TOKEN', 'SO_USERNAME']);
  refuseOneAlone(variables, 'SO_USERNAME', 'SO_PASSWORD');
  refuseOneAlone(variables, 'SO_PASSWORD', 'SO_USERNAME');
  const {
    SO_TICKET: ticket,
    SO_BEARER_TOKEN: bearerToken,
    SO_USERNAME: username,
    SO_PASSWORD: password,
  } = variables;
  if (ticket) return { ticket };
  if (bearerToken) return { bearerToken };
  return username && password ? { username, password } : undefined;
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
