import { mostCallsInASecond } from '../stand-ins/superoffice/pace.ts';
import type { Breach } from './breach.ts';
import type { RunRecord } from './run-record.ts';

/** What SuperOffice counts: arrivals, wherever the second begins. */
export const mostArrivalsInASecond = ({ calls }: Pick<RunRecord, 'calls'>) =>
  mostCallsInASecond(
    calls.map(({ arrivedAt }) => arrivedAt).filter((arrivedAt) => arrivedAt !== undefined),
  );

/** SuperOffice is never called faster than it allows. */
export function callsTooFast(record: RunRecord): Breach[] {
  const most = mostArrivalsInASecond(record);
  if (most <= record.allowedCallsPerSecond) return [];
  return [{ says: `${most} calls in a second, allowed ${record.allowedCallsPerSecond}` }];
}
