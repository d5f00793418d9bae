import { closestMatch } from 'leven';

/** Typing errors that leave a word recognisable: fewer in a short one. */
const mostEdits = (word: string) => (word.length > 3 ? 2 : 1);

/** The known word that a mistyped one was meant to be, if any is near; case does not count. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const inLowerCase = known.map((one) => one.toLowerCase());
  const nearest = closestMatch(word.toLowerCase(), inLowerCase, { maxDistance: mostEdits(word) });
  return nearest === undefined ? undefined : known[inLowerCase.indexOf(nearest)];
}
