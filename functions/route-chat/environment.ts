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
