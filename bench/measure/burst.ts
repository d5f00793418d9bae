import { defaultMaxCallsPerSecond } from '../../lib/limits.ts';
import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import type { Contestant } from '../contestants.ts';
import { startLine, warmUp } from '../line.ts';
import { perSecond, rateOf } from '../statistics.ts';

/** What SuperOffice sees when many events wait at once. */
export type Burst = {
  callsPerSecond: number;
  /** Of what the deployment allows itself. */
  shareOfRate: number;
  worstSecond: number;
  /** Calls in each second from the first call on. */
  perSecond: number[];
};

const delayMs = 100;

export async function measureBurst(
  contestants: Contestant[],
  events: number,
): Promise<Record<string, Burst>> {
  const bursts: Record<string, Burst> = {};
  for (const contestant of contestants) {
    const line = await startLine(contestant, { delayMs });
    await warmUp(line);
    const { calls } = line.standIns.superOffice;
    const before = calls.length;
    const results = Array.from({ length: events }, (_, index) => line.route(index).result);
    await Promise.all(results);
    const times = calls.slice(before).map(({ at }) => at);
    await line.close();
    const callsPerSecond = rateOf(times);
    bursts[contestant.label] = {
      callsPerSecond,
      shareOfRate: callsPerSecond / defaultMaxCallsPerSecond,
      worstSecond: mostCallsInASecond(times),
      perSecond: perSecond(times),
    };
  }
  return bursts;
}
