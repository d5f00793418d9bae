/**
 * Where text stops being JSON, for a person who has the text. Nothing of it is quoted but the one
 * character that JSON.parse stumbled over: it may hold a credential or a customer's words.
 */
export function describeInvalidJson(text: string, parseError: unknown): string {
  const { message } = parseError as SyntaxError;
  const position = Number(/ at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1]);
  const character = /^Unexpected token '(.)', /s.exec(message)?.[1];
  const length = `${text.length} characters`;
  if (message === 'Unexpected end of JSON input' || position === text.length) {
    return `${length} that end too early`;
  }
  if (position >= 0) return `${length} that are none from position ${position} on`;
  if (character) return `${length} with ${nameOf(character)} where JSON has none`;
  return `${length} that are none`;
}

/** By its code where it could not be seen, as a byte order mark. */
const nameOf = (character: string) =>
  /[\x21-\x7e]/.test(character)
    ? JSON.stringify(character)
    : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
