import { setTimeout as sleep } from 'node:timers/promises';
import { rate, type SuperOfficeFaultPlan } from '../../stand-ins/superoffice/faults.ts';
import type { Contestant } from '../contestants.ts';
import { startLine, warmUp } from '../line.ts';
import { median, quantile } from '../statistics.ts';

/** Milliseconds from event to result, of chats none of whose own calls hung. */
export type Faults = {
  p50: number;
  p99: number;
  count: number;
  /** Other chats that had no result when the waiting ended: they count as if it came then. */
  late: number;
  hung: number;
};

const delayMs = 100;
const eventEveryMs = 500;
/** For the last results; one that is not there by then would come with the next visibility. */
const patienceMs = 20_000;
const seed = 648;
const percent = 5;

/** Two events a second while a share of SuperOffice's calls hangs; all contestants at a time. */
export async function measureFaults(
  contestants: { contestant: Contestant; hangs: boolean }[],
  events: number,
): Promise<Record<string, Faults>> {
  const entries = contestants.map(async ({ contestant, hangs }, index) => {
    // Not all in the same moment.
    await sleep((index * eventEveryMs) / contestants.length);
    return [contestant.label, await measureOne(contestant, hangs, events)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function measureOne(contestant: Contestant, hangs: boolean, events: number): Promise<Faults> {
  const hung = new Set<number>();
  const plan = rate(seed, percent, { kind: 'hang' });
  const noting: SuperOfficeFaultPlan = (request) => {
    const fault = plan(request);
    if (fault && request.chatSessionId !== undefined) hung.add(request.chatSessionId);
    return fault;
  };
  const line = await startLine(contestant, { delayMs });
  await warmUp(line);
  line.standIns.superOffice.setFault(hangs ? noting : undefined);

  const startedAt = performance.now();
  const routed: { chatSessionId: number; sentAt: number; took?: number }[] = [];
  for (let index = 0; index < events; index += 1) {
    await sleep(Math.max(startedAt + index * eventEveryMs - performance.now(), 0));
    const { chatSessionId, result } = line.route(index);
    const one: (typeof routed)[number] = { chatSessionId, sentAt: performance.now() };
    routed.push(one);
    void result.then((took) => {
      one.took = took;
    });
  }
  const giveUpAt = performance.now() + patienceMs;
  const others = () => routed.filter(({ chatSessionId }) => !hung.has(chatSessionId));
  while (performance.now() < giveUpAt && others().some(({ took }) => took === undefined)) {
    await sleep(50);
  }
  await line.close();
  const took = others().map((one) => one.took ?? giveUpAt - one.sentAt);
  return {
    p50: median(took),
    p99: quantile(took, 0.99),
    count: took.length,
    late: others().filter((one) => one.took === undefined).length,
    hung: hung.size,
  };
}
