import { awsCallTimeoutMs } from '../../runtime/aws-client.ts';
import { callTimeoutMs } from '../../runtime/superoffice.ts';

/** What it takes to send results once, then to change visibility timeouts. */
export const reserveMs = awsCallTimeoutMs + 1_400;

/** One run of the function over one batch. Epoch milliseconds. */
export type Invocation = {
  /** Lambda stops the function then. */
  endsAt: number;
  /** A call that starts by then and hangs until its timeout still leaves time to send its result. */
  latestStart: number;
};

export const invocationUntil = (endsAt: number): Invocation => ({
  endsAt,
  latestStart: endsAt - callTimeoutMs - reserveMs,
});
