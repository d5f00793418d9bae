/**
 * What the stack tells every function that logs and counts, as environment variables. `lib/` builds
 * environments with `satisfies`, so a variable forgotten there does not compile.
 */
export type ReportEnvironment = {
  /** Dimension `service` of logs and metrics: tells one deployment from the next. */
  POWERTOOLS_SERVICE_NAME: string;
  POWERTOOLS_METRICS_NAMESPACE: string;
};

/** What it tells every function that calls SuperOffice: whose credential, and where. */
export type SuperOfficeEnvironment = ReportEnvironment &
  TenantEnvironment & {
    /** ARN of the secret described in contract/ticket-secret.schema.json. */
    TICKET_SECRET_ARN: string;
  };

/** Either the base address itself, or where it is asked for. */
export type TenantEnvironment =
  | { WEB_API_URL: string; TENANT_STATE_URL?: never; LOGIN_SERVICE_URL?: never }
  | {
      /** `https://{sod|qaonline|online}.superoffice.com/api/state/{customerId}` */
      TENANT_STATE_URL: string;
      /** `https://{sod|qaonline|online}.superoffice.com`: renews what is renewed there. */
      LOGIN_SERVICE_URL: string;
      WEB_API_URL?: never;
    };

/**
 * The value of a variable that must be there.
 * @throws Error that names the variable: the function was deployed without its stack's environment.
 */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Environment variable ${name}: expected a value, found none.`);
  return value;
}

/** @throws Error that names the variable where it is not a number above zero. */
export function requiredNumber(name: string): number {
  const value = Number(required(name));
  if (value > 0) return value;
  throw new Error(
    `Environment variable ${name}: expected a number above 0, found "${process.env[name]}".`,
  );
}
