/** Wrong or missing letters that still leave one of our keys: `callsPerSecond` is near enough. */
const mostEdits = (known: string) => Math.floor(known.length / 3);

/** The known key that an unknown one was meant to be; undefined where it is somebody else's. */
export function nearestKey(key: string, knownKeys: readonly string[]): string | undefined {
  if (knownKeys.includes(key)) return undefined;
  const [nearest] = knownKeys
    .map((known) => ({ known, edits: distance(plain(key), plain(known)) }))
    .filter(({ known, edits }) => edits <= mostEdits(known))
    .sort((one, other) => one.edits - other.edits);
  return nearest?.known;
}

const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Levenshtein's: letters to insert, delete or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, target] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === target ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
