import { Token } from 'aws-cdk-lib/core';

/** Their URLs have to fit into the function's environment, all of which is 4 KB. */
const most = 10;

const pattern = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * Why a source cannot have a result queue beside those that others have, in words that end a
 * sentence; undefined where it can.
 */
export function resultQueueObjection(
  source: unknown,
  others: readonly string[],
  shown: (value: unknown) => string = JSON.stringify,
): string | undefined {
  if (typeof source !== 'string' || !pattern.test(source)) {
    const found = Token.isUnresolved(source) ? 'a value known only at deployment' : shown(source);
    return `expected a lower-case letter, then up to 19 lower-case letters, digits or hyphens; found ${found}`;
  }
  if (others.includes(source)) return `expected each source once; found "${source}" twice`;
  const id = sourceId(source);
  const alike = others.find((other) => sourceId(other) === id);
  if (alike !== undefined) {
    return `expected sources that still differ as ids of outputs; found "${alike}" and "${source}", both ${id}`;
  }
  if (others.length >= most) return `expected at most ${most} sources; found one more, "${source}"`;
  return undefined;
}

/** The source as part of a CloudFormation id, which has letters and digits only: `my-team`, `MyTeam`. */
export const sourceId = (source: string) =>
  source.replaceAll(/(?:^|-+)([a-z0-9]?)/g, (_, first: string) => first.toUpperCase());
