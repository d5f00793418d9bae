import type { Contestant } from '../contestants.ts';
import { type Cost, costOfAMillion, type Usage } from '../cost.ts';
import type { LimitCpu } from '../cpu-limit.ts';
import { batchOf } from '../events.ts';
import { interleave } from '../interleave.ts';
import { monotonicMs, startSandbox } from '../sandbox.ts';
import { resultQueue, type StandIns, startStandIns } from '../stand-ins.ts';
import { type Spread, spreadOf } from '../statistics.ts';

export const memorySizes = [256, 512, 1024] as const;
export type MemorySize = (typeof memorySizes)[number];

/** Milliseconds from the start of the process, but for the warm event, which is one by itself. */
export type FirstResult = {
  ready: Spread;
  result: Spread;
  warm: Spread;
  /** Of a million events one by one, each in a warm sandbox. */
  cost: Cost;
};

/** What a function of 1769 MB has is one processor. */
const megabytesOfAProcessor = 1769;
const superOfficeTakesMs = 40;
const warmEvents = 3;

/**
 * The first event of a quiet hour, as Lambda runs it: init at full speed, the event at the share of
 * a processor that goes with the memory, SuperOffice and AWS across a network, over TLS.
 */
export async function measureFirstResult(
  contestants: Contestant[],
  limitCpu: LimitCpu,
  repeats: number,
): Promise<Record<MemorySize, Record<string, FirstResult>>> {
  const all = {} as Record<MemorySize, Record<string, FirstResult>>;
  for (const memory of memorySizes) {
    const samples = await interleave(contestants, repeats, (contestant) =>
      measureOne(contestant, limitCpu, memory),
    );
    all[memory] = Object.fromEntries(
      [...samples].map(([label, of]) => [
        label,
        {
          ready: spreadOf(of.map(({ ready }) => ready)),
          result: spreadOf(of.map(({ result }) => result)),
          warm: spreadOf(of.flatMap(({ warm }) => warm)),
          cost: costOfAMillion(
            of.flatMap(({ usages }) => usages),
            memory,
          ),
        },
      ]),
    );
  }
  return all;
}

async function measureOne(contestant: Contestant, limitCpu: LimitCpu, memoryMegabytes: number) {
  const standIns = await startStandIns(contestant, {
    delayMs: superOfficeTakesMs,
    isRemote: true,
    memoryMegabytes,
  });
  const sandbox = await startSandbox(contestant.handlerFile, standIns.environment);
  const limited = limitCpu(sandbox.pid, memoryMegabytes / megabytesOfAProcessor);
  const { startedAt, readyAt } = sandbox;

  const arrived = nextResultAt(standIns);
  await sandbox.invoke(batchOf(1));
  const result = (await arrived) - startedAt;

  const warm: number[] = [];
  const usages: Usage[] = [];
  const requests = () => Object.values(standIns.sqs.calls).reduce((sum, calls) => sum + calls, 0);
  for (let event = 0; event < warmEvents; event += 1) {
    const before = { sqsRequests: requests(), loggedBytes: sandbox.loggedBytes };
    const sentAt = monotonicMs();
    const arrivedAt = nextResultAt(standIns);
    const { durationMs } = await sandbox.invoke(batchOf(1));
    warm.push((await arrivedAt) - sentAt);
    usages.push({
      events: 1,
      durationMs,
      sqsRequests: requests() - before.sqsRequests,
      loggedBytes: sandbox.loggedBytes - before.loggedBytes,
    });
  }
  await sandbox.close();
  limited.remove();
  await standIns.close();
  return { ready: readyAt - startedAt, result, warm, usages };
}

/** When the next result reaches its queue. */
async function nextResultAt({ sqs }: StandIns): Promise<number> {
  const results = sqs.queue(resultQueue);
  return await new Promise((resolve) => {
    const stop = results.onChange(() => {
      stop();
      resolve(monotonicMs());
    });
  });
}
