import type { Contestant } from './contestants.ts';

/**
 * Measures A, B, C, A, B, C, …: whatever the machine does meanwhile, it does to all alike.
 *
 * @param uncounted rounds that only fill the disk's cache
 */
export async function interleave<Sample>(
  contestants: Contestant[],
  repeats: number,
  measure: (contestant: Contestant) => Promise<Sample>,
  uncounted = 1,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>(contestants.map(({ label }) => [label, []]));
  for (let round = 0; round < uncounted + repeats; round += 1) {
    for (const contestant of contestants) {
      const sample = await measure(contestant);
      if (round >= uncounted) samples.get(contestant.label)?.push(sample);
    }
  }
  return samples;
}
