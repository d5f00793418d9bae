import * as v from 'valibot';

/**
 * Text of so many characters. JSON Schema counts characters, not UTF-16 units: so do we; its words
 * for that go along as metadata.
 */
export const textOf = (least: number, most: number, expected = expectedText(most)) =>
  v.pipe(
    v.string(expected),
    v.check((text) => text.length >= least && hasAtMost(most, text), expected),
    v.metadata({ ...(least > 0 && { minLength: least }), maxLength: most }),
  );

const expectedText = (most: number) => `a string of at most ${most} characters`;

/** Counts only where counting can matter: what comes in may be a megabyte. */
const hasAtMost = (characters: number, text: string) =>
  text.length <= characters || (text.length <= 2 * characters && [...text].length <= characters);
