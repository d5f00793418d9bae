import fc from 'fast-check';
import { type AwsFault, calm, type History } from './history.ts';

/** Twice as often the usual one. */
export const mostly = <Value>(usual: Value, values: readonly Value[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

/** What calls to AWS meet, in order. */
export const awsPlan = (faults: readonly AwsFault[], maxLength: number) =>
  fc.array(mostly<AwsFault>('ok', faults), { maxLength });

/** A sandbox that dies. */
export const kill = (step: fc.Arbitrary<number>) =>
  fc.record({ step, when: fc.constantFrom('before', 'after') });

const still = fc.record({
  ...Object.fromEntries(Object.entries(calm).map(([key, value]) => [key, fc.constant(value)])),
}) as fc.Arbitrary<Omit<History, 'events'>>;
/** Nothing goes wrong but what is given. */
export const amid = (changes: Partial<{ [Key in keyof History]: fc.Arbitrary<History[Key]> }>) =>
  fc
    .tuple(still, fc.record(changes))
    .map(([calmly, changed]): History => ({ events: [], ...calmly, ...(changed as object) }));
