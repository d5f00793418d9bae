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
    for (const contestant of turnOf(contestants, round)) {
      const sample = await measure(contestant);
      if (round >= uncounted) samples.get(contestant.label)?.push(sample);
    }
  }
  return samples;
}

/** Another one begins each round, and each comes after another one: nobody gains by its place. */
function turnOf(contestants: Contestant[], round: number): Contestant[] {
  const start = round % contestants.length;
  const turned = [...contestants.slice(start), ...contestants.slice(0, start)];
  return round % 2 === 0 ? turned : turned.reverse();
}
