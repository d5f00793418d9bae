export { functionTimeoutSeconds } from './function-timeout.ts';

/** One call to SuperOffice, answer included. */
export const callTimeoutMs = 5_000;

/**
 * The SDK clients' bounds, for each of two attempts. Without them a connection that hangs, hangs for
 * ever; with them alone, one that hangs in the middle of an answer still does.
 */
export const awsClientBounds = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 1_500,
    throwOnRequestTimeout: true,
  },
} as const;

const awsCallTimeoutMs = 3_100;

/** For a call to AWS: both attempts, answers included. */
export const awsCallBound = (withinMs = awsCallTimeoutMs) => ({
  abortSignal: AbortSignal.timeout(Math.min(withinMs, awsCallTimeoutMs)),
});

/** Kept back after the last call: its result sent, then visibility timeouts changed. */
const reserveMs = awsCallTimeoutMs + 1_400;

/**
 * The last moment at which a call may start that, hanging until its timeout, still leaves time to
 * send its result before the function is stopped.
 */
export const latestStart = (functionEndsAt: number) => functionEndsAt - callTimeoutMs - reserveMs;

/** How long module load waits for the ticket and the tenant's address. */
export const initTimeoutMs = 2_000;
