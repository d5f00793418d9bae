import type { Contestant } from '../contestants.ts';
import { batchOf } from '../events.ts';
import { interleave } from '../interleave.ts';
import { startSandbox } from '../sandbox.ts';
import { startStandIns } from '../stand-ins.ts';
import { type Spread, spreadOf } from '../statistics.ts';

/** Milliseconds from the start of the process; CPU time and memory after the first event. */
export type Cold = { ready: Spread; firstEvent: Spread; cpuMs: Spread; memoryMb: Spread };

/** Fresh sandboxes: until the handler is ready, and until its first event is done. */
export async function measureCold(
  contestants: Contestant[],
  repeats: number,
): Promise<Record<string, Cold>> {
  const samples = await interleave(contestants, repeats, async (contestant) => {
    const standIns = await startStandIns(contestant);
    const sandbox = await startSandbox(contestant.handlerFile, standIns.environment);
    const { endedAt, cpuMs, peakMemoryKb } = await sandbox.invoke(batchOf(1));
    await sandbox.close();
    await standIns.close();
    const { startedAt, readyAt, readyCpuMs } = sandbox;
    return {
      ready: readyAt - startedAt,
      firstEvent: endedAt - startedAt,
      cpuMs: readyCpuMs + cpuMs,
      memoryMb: peakMemoryKb / 1024,
    };
  });
  return Object.fromEntries(
    [...samples].map(([label, all]) => [
      label,
      {
        ready: spreadOf(all.map(({ ready }) => ready)),
        firstEvent: spreadOf(all.map(({ firstEvent }) => firstEvent)),
        cpuMs: spreadOf(all.map(({ cpuMs }) => cpuMs)),
        memoryMb: spreadOf(all.map(({ memoryMb }) => memoryMb)),
      },
    ]),
  );
}
