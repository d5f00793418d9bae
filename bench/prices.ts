/** US dollars, us-east-1 list prices, as looked up on `date`. Free tiers are left out. */
export const prices = {
  date: '2026-11-22',
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  /** FIFO, each of up to 64 KB. */
  sqsRequest: 0.5 / 1e6,
  logsGb: 0.5,
  secretMonth: 0.4,
  secretRead: 0.05 / 10_000,
  metricMonth: 0.3,
  alarmMonth: 0.1,
} as const;

export const deployedMegabytes = 256;
