import type { ReportEnvironment } from '../../runtime/environment.ts';

/** What the stack tells this function, as environment variables. */
export type HttpIntakeEnvironment = ReportEnvironment & {
  /** The FIFO queue the events go to. */
  EVENT_QUEUE_URL: string;
  /** Whole seconds, counted here from when the event was asked for. */
  EVENT_TIME_TO_LIVE_SECONDS: string;
  /** ARN of the secret that `signing-secrets.ts` reads. */
  SIGNING_SECRET_ARN: string;
};
