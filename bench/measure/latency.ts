import type { Contestant } from '../contestants.ts';
import { startLine, warmUp } from '../line.ts';
import { median, quantile } from '../statistics.ts';

/** Milliseconds from an event's sending to its result on the queue. */
export type Latency = { p50: number; p99: number; count: number };

const delayMs = 100;

/** One event at a time through warm sandboxes, the contestants taking turns event by event. */
export async function measureLatency(
  contestants: Contestant[],
  events: number,
): Promise<Record<string, Latency>> {
  const lines = await Promise.all(
    contestants.map(async (contestant) => ({
      label: contestant.label,
      line: await startLine(contestant, { delayMs }),
      took: [] as number[],
    })),
  );
  for (const { line } of lines) await warmUp(line);
  for (let event = 0; event < events; event += 1) {
    for (const { line, took } of lines) took.push(await line.route(event).result);
  }
  await Promise.all(lines.map(({ line }) => line.close()));
  return Object.fromEntries(
    lines.map(({ label, took }) => [
      label,
      { p50: median(took), p99: quantile(took, 0.99), count: took.length },
    ]),
  );
}
