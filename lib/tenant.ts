import { Token } from 'aws-cdk-lib/core';
import type { TenantEnvironment } from '../functions/route-chat/environment.ts';
import { checkProp, matching, type Rule } from './rule.ts';

/** Where SuperOffice is: at a fixed address, or wherever the tenant of SuperOffice Online is now. */
export type Tenant =
  | {
      /** Base address of the WebAPI, ending in `/api`: https, or http to a loopback host. */
      readonly webApiUrl: string;
      readonly customerId?: never;
      readonly environment?: never;
    }
  | {
      /** e.g. `Cust12345` */
      readonly customerId: string;
      /**
       * Which of SuperOffice's online environments the customer is in.
       * @default 'online'
       */
      readonly environment?: OnlineEnvironment;
      readonly webApiUrl?: never;
    };

export type OnlineEnvironment = 'sod' | 'stage' | 'online';

const stateServices: Record<OnlineEnvironment, string> = {
  sod: 'https://sod.superoffice.com',
  stage: 'https://qaonline.superoffice.com',
  online: 'https://online.superoffice.com',
};

export const webApiUrlRule: Rule<string> = {
  expected:
    'an https address that ends in /api, without credentials, query or fragment (http for a loopback host only)',
  holds: isWebApiUrl,
};

export const customerIdRule = matching('Cust and digits, such as Cust12345', /^Cust\d{1,10}$/);

export const onlineEnvironmentRule: Rule<string> = {
  expected: 'sod, stage or online',
  holds: (value) => Object.hasOwn(stateServices, value),
};

/**
 * The functions' variables for a tenant.
 * @throws Error where the tenant's props break their rules.
 */
export function tenantEnvironment(tenant: Tenant): TenantEnvironment {
  if (tenant.webApiUrl !== undefined) {
    return {
      WEB_API_URL: normalizeWebApiUrl(checkProp('webApiUrl', tenant.webApiUrl, webApiUrlRule)),
    };
  }
  const customerId = checkProp('customerId', tenant.customerId, customerIdRule);
  const environment = tenant.environment ?? 'online';
  checkProp<string>('environment', environment, onlineEnvironmentRule);
  return { TENANT_STATE_URL: `${stateServices[environment]}/api/state/${customerId}` };
}

/** As the URL parser reads the address, so that what was checked is what is called. */
function normalizeWebApiUrl(address: string): string {
  return Token.isUnresolved(address) ? address : new URL(address).href.replace(/\/$/, '');
}

function isWebApiUrl(address: string): boolean {
  // The parser would drop or turn what nobody types on purpose.
  if (/[\s\\?#]/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, pathname, username, password } = new URL(address);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '' && /\/api\/?$/.test(pathname);
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
