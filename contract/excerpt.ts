const longest = 40;

/**
 * What was found, for a message: numbers and short text themselves, as a wrong id or date is. Longer
 * text is none of these and may be a credential or a customer's words: only its length is said.
 */
export function excerptOf(value: unknown): string {
  const isShown =
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value !== '' && value.length <= longest);
  return isShown ? JSON.stringify(value) : kindOf(value);
}

/** What was found where people write freely: its kind and length alone. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'an empty string';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
