const longest = 40;

/**
 * What was found, short enough for one line: text and numbers themselves, of anything nested only
 * the kind (writing it out could be deep enough to overflow the stack).
 */
export function excerptOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  if (value === '') return 'an empty string';
  const start = JSON.stringify(value.slice(0, longest));
  return value.length > longest ? `${start}… (${value.length} characters)` : start;
}
