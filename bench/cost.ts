import { deployedMegabytes, prices } from './prices.ts';

/** What one invocation was seen to use. */
export type Usage = {
  events: number;
  durationMs: number;
  /** Requests the function made to SQS. */
  sqsRequests: number;
  loggedBytes: number;
};

/** Dollars for a million events, part by part. */
export type Cost = {
  events: number;
  sqs: number;
  lambda: number;
  logs: number;
  total: number;
};

/** What Lambda writes of an invocation itself, as JSON: start and report. */
const platformLogBytes = 700;

/** For every event one is sent; for every batch one is received and one deleted. */
export function costOfAMillion(
  usages: readonly Usage[],
  memoryMegabytes = deployedMegabytes,
): Cost {
  const sum = (of: (usage: Usage) => number) => usages.reduce((all, usage) => all + of(usage), 0);
  const events = sum((usage) => usage.events);
  const gbSeconds = (sum((usage) => usage.durationMs) / 1000) * (memoryMegabytes / 1024);
  const requests = events + 2 * usages.length + sum((usage) => usage.sqsRequests);
  const bytes = sum((usage) => usage.loggedBytes + platformLogBytes);
  const million = 1e6 / events;
  const sqs = requests * prices.sqsRequest * million;
  const lambda =
    (usages.length * prices.lambdaRequest + gbSeconds * prices.lambdaGbSecond) * million;
  const logs = (bytes / 1e9) * prices.logsGb * million;
  return { events, sqs, lambda, logs, total: sqs + lambda + logs };
}
