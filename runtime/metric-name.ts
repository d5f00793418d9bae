import type { Cause, Outcome } from '../contract/result.ts';

/** Names of our CloudWatch metrics. All are counts, with the dimension `service`. */
export type MetricName =
  | `Outcome.${Outcome}`
  | `Cause.${Cause}`
  /** A call of the route-chat function to SuperOffice. */
  | 'Call'
  /** A result was told: the sum of all outcomes. */
  | 'Result'
  /** SQS did not take a result: its event went back. */
  | 'ResultNotSent'
  /** The time of an event was over while its tenant was in maintenance, or suspended. */
  | 'TenantNotRunning'
  /** A dead letter got its result from the second look. */
  | 'DeadLetter'
  /** An event went back to its queue for another attempt. */
  | 'Retry'
  /** The secret is missing, malformed, throttled, denied, or still the placeholder. */
  | 'TicketUnavailable'
  /** SuperOffice answered 401 to the newest credential, or its login service refused it. */
  | 'TicketRefused'
  /** The login service gave another refresh token along; the secret keeps the one it has. */
  | 'OtherRefreshToken'
  /** The system user's ticket was refused, and no other one could be put in its place. */
  | 'TicketNotMinted'
  /** Somebody called the HTTP intake. */
  | 'HttpIntake.Request'
  /** It was not signed, or by no secret of ours (401). */
  | 'HttpIntake.Refused'
  /** It was SuperOffice's test of the address, or an event that asks for nothing. */
  | 'HttpIntake.Left';
