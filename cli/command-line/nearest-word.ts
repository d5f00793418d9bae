import { closestMatch } from 'leven';

/** Typing errors that leave a word recognisable: fewer in a short one. */
const mostEdits = (word: string) => (word.length > 3 ? 2 : 1);

/** The known word that a mistyped one was meant to be, if any is near. */
export const nearestWord = (word: string, known: readonly string[]): string | undefined =>
  closestMatch(word.toLowerCase(), known, { maxDistance: mostEdits(word) });
