import { Token } from 'aws-cdk-lib/core';

/** What a prop or a setting may be: in words that complete "expected …", and as a check. */
export type Rule<Value> = {
  readonly expected: string;
  readonly holds: (value: Value) => boolean;
};

export function wholeNumberBetween(least: number, most: number): Rule<number> {
  return {
    expected: `a whole number from ${least} to ${most}`,
    holds: (value) => Number.isInteger(value) && value >= least && value <= most,
  };
}

export function matching(expected: string, pattern: RegExp): Rule<string> {
  return { expected, holds: (value) => pattern.test(value) };
}

/**
 * Text known only at deployment cannot be judged and passes; numbers are needed now.
 * @throws Error that names the prop, what was expected and what was found.
 */
export function checkProp<Value>(name: string, value: Value, rule: Rule<Value>): Value {
  const isLate = Token.isUnresolved(value);
  if (isLate ? typeof value === 'string' : rule.holds(value)) return value;
  const found = isLate ? 'a value known only at deployment' : JSON.stringify(value);
  throw new Error(`RouteChat: ${name}: expected ${rule.expected}; found ${found}.`);
}
