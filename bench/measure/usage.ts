import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from '../contestants.ts';
import { type Cost, costOfAMillion, type Usage } from '../cost.ts';
import { batchOf } from '../events.ts';
import { interleave } from '../interleave.ts';
import { startSandbox } from '../sandbox.ts';
import { startStandIns } from '../stand-ins.ts';

const delayMs = 100;
const warmUpBatches = 2;
const batches = 3;

/** What a million events in batches of that size would cost, from a few warm batches. */
export async function measureCost(
  contestants: Contestant[],
  batchSize: number,
  repeats: number,
): Promise<Record<string, Cost>> {
  const samples = await interleave(
    contestants,
    repeats,
    async (contestant) => {
      const standIns = await startStandIns(contestant, { delayMs });
      const sandbox = await startSandbox(contestant.handlerFile, standIns.environment);
      const requests = () =>
        Object.values(standIns.sqs.calls).reduce((all, calls) => all + calls, 0);
      const usages: Usage[] = [];
      for (let batch = 0; batch < warmUpBatches + batches; batch += 1) {
        const before = { sqsRequests: requests(), loggedBytes: sandbox.loggedBytes };
        const { durationMs } = await sandbox.invoke(batchOf(batchSize));
        // Its last lines may still be on their way.
        await sleep(20);
        if (batch < warmUpBatches) continue;
        usages.push({
          events: batchSize,
          durationMs,
          sqsRequests: requests() - before.sqsRequests,
          loggedBytes: sandbox.loggedBytes - before.loggedBytes,
        });
      }
      await sandbox.close();
      await standIns.close();
      return usages;
    },
    0,
  );
  return Object.fromEntries(
    [...samples].map(([label, usages]) => [label, costOfAMillion(usages.flat())]),
  );
}
