/** Median and the quarter marks: half of all values lie between them. */
export type Spread = { median: number; low: number; high: number; count: number };

/** The value below which that share of all values lies, between neighbours in proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  low: quantile(values, 0.25),
  high: quantile(values, 0.75),
  count: values.length,
});

/** Calls a second from the first to the last: n calls have n - 1 spaces between them. */
export function rateOf(times: readonly number[]): number {
  const elapsed = Math.max(...times) - Math.min(...times);
  return ((times.length - 1) * 1000) / elapsed;
}

/** How many calls start in each whole second from the first one on. */
export function perSecond(times: readonly number[]): number[] {
  const start = Math.min(...times);
  const counts: number[] = [];
  for (const time of times) {
    const second = Math.floor((time - start) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0);
}
