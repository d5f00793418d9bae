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
 * Values known only at deployment cannot be judged and pass.
 * @throws Error that names the prop, what was expected and what was found.
 */
export function checkProp<Value>(name: string, value: Value, rule: Rule<Value>): Value {
  if (Token.isUnresolved(value) || rule.holds(value)) return value;
  throw new Error(`RouteChat: ${name}: expected ${rule.expected}; found ${JSON.stringify(value)}.`);
}
