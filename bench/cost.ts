import { deployedMegabytes, prices } from './prices.ts';

/** What one invocation was seen to use. */
export type Usage = {
  events: number;
  durationMs: number;
  /** Requests the function made to SQS. */
  sqsRequests: number;
  loggedBytes: number;
  /** None of its events was done with: Lambda deleted nothing. */
  deletesNothing?: boolean;
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

/** For every event one is sent; for every batch one is received and, of what is done, one deleted. */
export function costOfAMillion(
  usages: readonly Usage[],
  memoryMegabytes = deployedMegabytes,
): Cost {
  const sum = (of: (usage: Usage) => number) => usages.reduce((all, usage) => all + of(usage), 0);
  const events = sum((usage) => usage.events);
  const gbSeconds = (sum((usage) => usage.durationMs) / 1000) * (memoryMegabytes / 1024);
  const deletions = sum(({ deletesNothing }) => (deletesNothing ? 0 : 1));
  const requests = events + usages.length + deletions + sum((usage) => usage.sqsRequests);
  const bytes = sum((usage) => usage.loggedBytes + platformLogBytes);
  const million = 1e6 / events;
  const sqs = requests * prices.sqsRequest * million;
  const lambda =
    (usages.length * prices.lambdaRequest + gbSeconds * prices.lambdaGbSecond) * million;
  const logs = (bytes / 1e9) * prices.logsGb * million;
  return { events, sqs, lambda, logs, total: sqs + lambda + logs };
}
