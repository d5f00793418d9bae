import type { Contestant } from '../contestants.ts';
import { batchOf } from '../events.ts';
import { interleave } from '../interleave.ts';
import { startSandbox } from '../sandbox.ts';
import { startStandIns } from '../stand-ins.ts';
import { type Spread, spreadOf } from '../statistics.ts';

/** CPU time of the whole process for one event; memory at its highest. */
export type Warm = { cpuMs: Spread; memoryMb: Spread };

const batchSize = 10;
const warmUpBatches = 40;
const batches = 60;

/** Warm sandboxes, batches of different chats, nothing that waits: what the work itself takes. */
export async function measureWarm(
  contestants: Contestant[],
  repeats: number,
): Promise<Record<string, Warm>> {
  const samples = await interleave(contestants, repeats, async (contestant) => {
    const standIns = await startStandIns(contestant);
    const sandbox = await startSandbox(contestant.handlerFile, standIns.environment);
    let cpuMs = 0;
    let peakMemoryKb = 0;
    for (let batch = 0; batch < warmUpBatches + batches; batch += 1) {
      const invoked = await sandbox.invoke(batchOf(batchSize));
      if (batch >= warmUpBatches) cpuMs += invoked.cpuMs;
      peakMemoryKb = invoked.peakMemoryKb;
    }
    await sandbox.close();
    await standIns.close();
    return { cpuMs: cpuMs / (batches * batchSize), memoryMb: peakMemoryKb / 1024 };
  });
  return Object.fromEntries(
    [...samples].map(([label, all]) => [
      label,
      {
        cpuMs: spreadOf(all.map(({ cpuMs }) => cpuMs)),
        memoryMb: spreadOf(all.map(({ memoryMb }) => memoryMb)),
      },
    ]),
  );
}
