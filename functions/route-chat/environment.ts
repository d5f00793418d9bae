import { systemClock } from '../../superoffice/clock.ts';
import { fixedTenant, onlineTenant, type Tenant } from '../../superoffice/tenant-address.ts';

/**
 * What the stack tells the function, as environment variables. `lib/` builds its environment with
 * `satisfies RouteChatEnvironment`, so a variable forgotten there does not compile.
 */
export type RouteChatEnvironment = SuperOfficeEnvironment & {
  /** The FIFO queue the events come from: where visibility timeouts are changed. */
  EVENT_QUEUE_URL: string;
  /** The FIFO queue each event gets its one result on. */
  RESULT_QUEUE_URL: string;
  /** Whole seconds, counted from when the event reached its queue. */
  EVENT_TIME_TO_LIVE_SECONDS: string;
  /** Milliseconds between the starts of two calls of one sandbox: sandboxes ÷ calls per second. */
  CALL_SPACING_MS: string;
};

/** What every function needs that calls SuperOffice: whose ticket, and where. */
export type SuperOfficeEnvironment = {
  /** ARN of the secret described in contract/ticket-secret.schema.json. */
  TICKET_SECRET_ARN: string;
  /** Dimension `service` of logs and metrics: tells one deployment from the next. */
  POWERTOOLS_SERVICE_NAME: string;
  POWERTOOLS_METRICS_NAMESPACE: string;
} & TenantEnvironment;

/** Either the base address itself, or where it is asked for. */
export type TenantEnvironment =
  | { WEB_API_URL: string; TENANT_STATE_URL?: never }
  | {
      /** `https://{sod|qaonline|online}.superoffice.com/api/state/{customerId}` */
      TENANT_STATE_URL: string;
      WEB_API_URL?: never;
    };

/**
 * The value of a variable that must be there.
 * @throws Error that names the variable: the function was deployed without its stack's environment.
 */
export function required(name: keyof RouteChatEnvironment): string {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name}: expected a value, found none.`);
  return value;
}

/** @throws Error that names the variable where it is not a number above zero. */
export function requiredNumber(name: keyof RouteChatEnvironment): number {
  const value = Number(required(name));
  if (value > 0) return value;
  throw new Error(
    `Environment variable ${name}: expected a number above 0, found "${process.env[name]}".`,
  );
}

/** Where the tenant is: the fixed address, or the tenant state service's. */
export function tenantOf(timeoutMs: number): Tenant {
  const { WEB_API_URL, TENANT_STATE_URL } = process.env;
  if (WEB_API_URL) return fixedTenant(WEB_API_URL);
  if (TENANT_STATE_URL)
    return onlineTenant({ stateUrl: TENANT_STATE_URL, timeoutMs, clock: systemClock });
  throw new Error('Environment: expected WEB_API_URL or TENANT_STATE_URL, found neither.');
}
