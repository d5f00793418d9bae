/**
 * The queue of its own that a source has for its results: it goes by what is before its first colon,
 * and case counts. Undefined where it has none or could not be read: its results go with the others.
 */
export function queueOfSource<Queue>(
  source: string | undefined,
  queues: ReadonlyMap<string, Queue> | undefined,
): Queue | undefined {
  const name = source?.split(':', 1)[0];
  return name === undefined ? undefined : queues?.get(name);
}
