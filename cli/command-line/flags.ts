import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './input-error.ts';

/**
 * Reads a command line by Node's rules, and `--count -5` as `--count=-5`.
 * @throws UsageError with one line that says what is wrong.
 */
export function parseFlags<const Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Flags,
) {
  try {
    return parseArgs({ args: joinNegativeNumbers(argv, options), options }).values;
  } catch (error) {
    // Node goes on to explain how to pass arguments that look like options.
    const [says] = String((error as Error).message).split(/\. |\n/);
    throw new UsageError(`${says?.replace(/\.$/, '')}.`, { cause: error });
  }
}

export type NumberRange = { least: number; most: number; fraction?: boolean };

/** @throws UsageError where the text is no number of the range. */
export function parseNumber(flag: string, text: string, range: NumberRange): number {
  const { least, most, fraction = false } = range;
  const isNumber = (fraction ? /^\d+(\.\d+)?$/ : /^\d+$/).test(text);
  if (isNumber && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new UsageError(`--${flag}: expected a number from ${least} to ${most}; found "${text}".`);
}

/** Node takes a negative number for an option, and goes on about it; the range says it better. */
function joinNegativeNumbers(argv: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const args: string[] = [];
  for (const word of argv) {
    const [, flag = ''] = /^--([a-z-]+)$/.exec(args.at(-1) ?? '') ?? [];
    if (/^-\d/.test(word) && options[flag]?.type === 'string') args.push(`${args.pop()}=${word}`);
    else args.push(word);
  }
  return args;
}
