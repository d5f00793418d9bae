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

/** For a call to AWS: both attempts, answers included. */
export const awsCallTimeoutMs = 3_100;

/** The bound of one call: its whole time, or what is left of a shorter one. */
export const awsCallBound = (withinMs = awsCallTimeoutMs) => ({
  abortSignal: AbortSignal.timeout(Math.min(withinMs, awsCallTimeoutMs)),
});
