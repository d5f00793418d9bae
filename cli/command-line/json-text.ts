/** Where and why a text is no JSON, e.g. `line 3, column 9: Unexpected token ']'`; undefined where it is. */
export function brokenAt(text: string): string | undefined {
  const error = errorOf(text);
  if (error === undefined) return undefined;
  const before = text.slice(0, positionOf(text, error)).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  // What follows repeats the text, or says the position.
  const [says] = error.split(/, (?:\.\.\.)?"| in JSON at /);
  return `line ${before.length}, column ${column}: ${says}`;
}

/** The parser says the position of most errors; of the others, where the text stops being a beginning. */
function positionOf(text: string, error: string): number {
  const said = saidPosition(error);
  if (said !== undefined) return said;
  let [beginning, broken] = [0, text.length + 1];
  while (broken - beginning > 1) {
    const middle = Math.floor((beginning + broken) / 2);
    if (isBeginning(text.slice(0, middle))) beginning = middle;
    else broken = middle;
  }
  return beginning;
}

/** Whether nothing is wrong with it but that it ends. */
function isBeginning(text: string): boolean {
  const error = errorOf(text);
  if (error === undefined || error.startsWith('Unexpected end')) return true;
  return saidPosition(error) === text.length;
}

function saidPosition(error: string): number | undefined {
  const [, position] = / at position (\d+)/.exec(error) ?? [];
  return position === undefined ? undefined : Number(position);
}

function errorOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
