import { Token } from 'aws-cdk-lib/core';
import type { TenantEnvironment } from '../runtime/environment.ts';
import {
  customerIdPattern,
  isOnlineEnvironment,
  type OnlineEnvironment,
  onlineOrigins,
} from '../superoffice/online-environments.ts';
import { expectedWebApiUrl, isWebApiUrl, normalizeWebApiUrl } from '../superoffice/web-api-url.ts';
import { checkProp, matching, type Rule } from './rule.ts';

export type { OnlineEnvironment };

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

export const webApiUrlRule: Rule<string> = {
  expected: expectedWebApiUrl,
  holds: isWebApiUrl,
};

export const customerIdRule = matching('Cust and digits, such as Cust12345', customerIdPattern);

export const onlineEnvironmentRule: Rule<string> = {
  expected: 'sod, stage or online',
  holds: isOnlineEnvironment,
};

/**
 * The functions' variables for a tenant.
 * @throws Error where the tenant's props break their rules.
 */
export function tenantEnvironment(tenant: Tenant): TenantEnvironment {
  if (tenant.webApiUrl !== undefined) {
    const webApiUrl = checkProp('webApiUrl', tenant.webApiUrl, webApiUrlRule);
    return {
      WEB_API_URL: Token.isUnresolved(webApiUrl) ? webApiUrl : normalizeWebApiUrl(webApiUrl),
    };
  }
  const customerId = checkProp('customerId', tenant.customerId, customerIdRule);
  const environment = tenant.environment ?? 'online';
  checkProp<string>('environment', environment, onlineEnvironmentRule);
  const origin = onlineOrigins[environment];
  return { TENANT_STATE_URL: `${origin}/api/state/${customerId}`, LOGIN_SERVICE_URL: origin };
}
