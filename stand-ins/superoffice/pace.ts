import type { RouteName } from './routes.ts';

/** One request as it arrived. */
export interface RecordedCall {
  /** `performance.now()` at arrival. */
  at: number;
  route: RouteName;
  method: string;
  path: string;
  chatSessionId?: number;
  /** Missing where nothing was answered. */
  status?: number;
}

/**
 * The most calls that fall into any one second, wherever that second begins: what
 * SuperOffice's "at most 10 calls per second" is held against.
 * @param times milliseconds, in any order.
 */
export function mostCallsInASecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, time] of sorted.entries()) {
    while (time - (sorted[first] ?? time) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
