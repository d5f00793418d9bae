/** The function's own timeout, for `lib/` to deploy and for the sums below. */
export const functionTimeoutSeconds = 15;

/** One call to SuperOffice, answer included. */
export const callTimeoutMs = 5_000;

/**
 * The SDK clients' bounds: without them a connection that hangs, hangs for ever. Two attempts make
 * some three seconds at worst.
 */
export const awsClientBounds = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 1_500,
    throwOnRequestTimeout: true,
  },
} as const;

/** Kept back after the last call: its result sent, twice tried, and visibility timeouts changed. */
const reserveMs = 4_500;

/**
 * The last moment at which a call may start that, hanging until its timeout, still leaves time to
 * send its result before the function is stopped.
 */
export const latestStart = (functionEndsAt: number) => functionEndsAt - callTimeoutMs - reserveMs;

/** How long module load waits for the ticket and the tenant's address. */
export const initTimeoutMs = 2_000;
