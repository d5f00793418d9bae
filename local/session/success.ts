import type { Outcome } from '../../contract/result.ts';

/**
 * Why a run that ends by itself was no success, a line each; empty where it was one.
 * @param seen the outcomes of its results
 * @param expected which outcomes are a success; unless they are said, any, but not `invalid-event`
 *   of every event
 */
export function whyNoSuccess(seen: readonly string[], expected?: readonly Outcome[]): string[] {
  if (seen.length === 0) return ['No event has a result.'];
  if (expected === undefined) {
    return seen.every((outcome) => outcome === 'invalid-event')
      ? ['Every event was an invalid-event.']
      : [];
  }
  const others = seen.filter((outcome) => !(expected as readonly string[]).includes(outcome));
  if (others.length === 0) return [];
  const counts = [...Map.groupBy(others, (outcome) => outcome)].map(
    ([outcome, { length }]) => `${length} ${outcome}`,
  );
  return [`Expected ${expected.join(' or ')}; found ${counts.join(', ')}.`];
}
