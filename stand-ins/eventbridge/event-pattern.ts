/** Which events a rule is for: fields by name, each with a list of what its value may be. */
export type EventPattern = { [field: string]: EventPattern | readonly unknown[] };

/**
 * Whether an event is of a pattern.
 * @throws Error for an operator that is not played here.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or') {
      return (expected as EventPattern[]).some((either) => matchesPattern(either, event));
    }
    const value = isObject(event) ? event[field] : undefined;
    if (Array.isArray(expected)) return expected.some((rule) => matchesRule(rule, value));
    return [value].flat().some((part) => matchesPattern(expected as EventPattern, part));
  });
}

/** Of a list, one value that fits is enough. An object or a list of objects is no leaf. */
function matchesRule(rule: unknown, value: unknown): boolean {
  const leaves = [value].flat().filter((leaf) => leaf !== undefined && !isObject(leaf));
  if (!isObject(rule)) return leaves.includes(rule);
  const [[operator, operand] = []] = Object.entries(rule);
  if (operator === 'exists') return leaves.length > 0 === operand;
  if (operator === 'anything-but') return leaves.some((leaf) => !isAnyOf(operand, leaf));
  return leaves.some((leaf) => fits(String(operator), operand, leaf));
}

/** What `anything-but` leaves out: values, or an operator with one or several operands. */
function isAnyOf(excluded: unknown, leaf: unknown): boolean {
  if (!isObject(excluded)) return [excluded].flat().includes(leaf);
  const [[operator, operands] = []] = Object.entries(excluded);
  return [operands].flat().some((operand) => fits(String(operator), operand, leaf));
}

function fits(operator: string, operand: unknown, leaf: unknown): boolean {
  if (operator === 'numeric') return isWithin(operand as unknown[], leaf);
  if (typeof leaf !== 'string') return false;
  const ignoringCase = isObject(operand) ? String(operand['equals-ignore-case']) : undefined;
  const text = ignoringCase === undefined ? leaf : leaf.toLowerCase();
  const wanted = ignoringCase?.toLowerCase() ?? String(operand);
  switch (operator) {
    case 'prefix':
      return text.startsWith(wanted);
    case 'suffix':
      return text.endsWith(wanted);
    case 'equals-ignore-case':
      return text.toLowerCase() === wanted.toLowerCase();
    case 'wildcard':
      return new RegExp(`^${wanted.split('*').map(escaped).join('.*')}$`, 's').test(text);
    default:
      throw new Error(`Event pattern: ${operator} is not played here.`);
  }
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** `[">", 0, "<=", 5]` */
function isWithin(bounds: readonly unknown[], leaf: unknown): boolean {
  if (typeof leaf !== 'number') return false;
  return bounds.every(
    (word, index) =>
      typeof word === 'number' || comparisons[String(word)]?.(leaf, Number(bounds[index + 1])),
  );
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
