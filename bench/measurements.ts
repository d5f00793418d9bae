import { sizeOf } from './bundles.ts';
import { type Contestant, labelled, paced, working } from './contestants.ts';
import type { Cost } from './cost.ts';
import { openCpuLimit } from './cpu-limit.ts';
import { type Burst, measureBurst } from './measure/burst.ts';
import { type Cold, measureCold } from './measure/cold.ts';
import { type Faults, measureFaults } from './measure/faults.ts';
import { type FirstResult, type MemorySize, measureFirstResult } from './measure/first-result.ts';
import { type Latency, measureLatency } from './measure/latency.ts';
import { measureOffers, type OfferUse } from './measure/offers.ts';
import { measureCost } from './measure/usage.ts';
import { measureWarm, type Warm } from './measure/warm.ts';
import type { Options, Part } from './options.ts';

type Of<Value> = Record<string, Value>;

/** Everything measured, each part by the contestants' labels. */
export type Measurements = {
  size?: Of<{ bytes: number; gzippedBytes: number }>;
  cold?: Of<Cold>;
  /** Missing where this machine does not let us hold a process to a share of its processor. */
  first?: Record<MemorySize, Of<FirstResult>>;
  warm?: Of<Warm>;
  latency?: Of<Latency>;
  burst?: Of<Burst>;
  faults?: Of<Faults>;
  cost?: Of<Cost>;
  costSingle?: Of<Cost>;
  /** Of ours alone, by what becomes of the offer. */
  offers?: Of<OfferUse>;
};

/** Ours as deployed, beside ours with its pace off. */
export const pacedLabel = 'route-chat, at its pace';
export const faultlessLabel = 'route-chat, nothing hangs';

/** Measures the parts asked for, one after another. */
export async function measure(
  contestants: Contestant[],
  { only, effort }: Options,
  onPart: (part: Part) => void,
): Promise<Measurements> {
  const deployed = paced(working(contestants));
  const ours = labelled(deployed, 'route-chat');
  const both = (some: Contestant[]) => [...some, { ...ours, label: pacedLabel }];
  const all: Record<Part, () => Promise<Measurements>> = {
    size: async () => ({
      size: Object.fromEntries(contestants.map((one) => [one.label, sizeOf(one)])),
    }),
    cold: async () => ({ cold: await measureCold(both(contestants), effort.coldRepeats) }),
    first: async () => {
      const cpu = openCpuLimit();
      if ('limit' in cpu) {
        return { first: await measureFirstResult(deployed, cpu.limit, effort.firstRepeats) };
      }
      console.error(`  left out, since no process can be held to its share: ${cpu.whyNot}`);
      return {};
    },
    warm: async () => ({ warm: await measureWarm(contestants, effort.warmRepeats) }),
    latency: async () => ({ latency: await measureLatency(deployed, effort.latencyEvents) }),
    burst: async () => ({ burst: await measureBurst(deployed, effort.burstEvents) }),
    faults: async () => ({
      faults: await measureFaults(
        [
          ...deployed.map((contestant) => ({ contestant, hangs: true })),
          { contestant: { ...ours, label: faultlessLabel }, hangs: false },
        ],
        effort.faultEvents,
      ),
    }),
    cost: async () => ({
      cost: await measureCost(both(working(contestants)), 10, effort.costRepeats),
      costSingle: await measureCost(both(working(contestants)), 1, effort.costRepeats),
    }),
    offers: async () => ({ offers: await measureOffers(ours, effort.offers) }),
  };
  const measurements: Measurements = {};
  for (const part of only) {
    onPart(part);
    Object.assign(measurements, await all[part]());
  }
  return measurements;
}
