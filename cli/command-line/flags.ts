import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './input-error.ts';
import { nearestWord } from './nearest-word.ts';

/**
 * Reads a command line by Node's rules, and `--count -5` as `--count=-5`.
 * @throws UsageError with one line that says what is wrong.
 */
export const parseFlags = <const Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Flags,
) => parse(argv, options, false).values;

/** The same where there may be words that belong to no flag: `positionals`. */
export const parseFlagsAndWords = <const Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Flags,
) => parse(argv, options, true);

function parse<const Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Flags,
  allowPositionals: boolean,
) {
  try {
    return parseArgs({ args: joinNegativeNumbers(argv, options), options, allowPositionals });
  } catch (error) {
    // Node goes on to explain how to pass arguments that look like options.
    const [says = ''] = String((error as Error).message).split(/\. |\n/);
    const [, flag] = /^Unknown option '--([^']+)'/.exec(says) ?? [];
    const meant = flag === undefined ? undefined : nearestWord(flag, Object.keys(options));
    const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
    throw new UsageError(`${says.replace(/\.$/, '')}.${hint}`, { cause: error });
  }
}

export type NumberRange = { least: number; most: number; fraction?: boolean };

/** @throws UsageError where the text is no number of the range. */
export function parseNumber(flag: string, text: string, range: NumberRange): number {
  const { least, most, fraction = false } = range;
  const isNumber = (fraction ? /^\d+(\.\d+)?$/ : /^\d+$/).test(text);
  if (isNumber && Number(text) >= least && Number(text) <= most) return Number(text);
  const kind = fraction ? 'a number' : 'a whole number';
  throw new UsageError(`--${flag}: expected ${kind} from ${least} to ${most}; found "${text}".`);
}

const secondsIn = { s: 1, m: 60, h: 3_600 };

/** Seconds in a time such as 90s, 5m or 1h; undefined where it is none. */
export function secondsOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+)([smh])$/i.exec(text) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * secondsIn[unit.toLowerCase() as keyof typeof secondsIn];
}

/**
 * @returns seconds
 * @throws UsageError where the text is no time.
 */
export function parseTime(flag: string, text: string): number {
  const seconds = secondsOf(text);
  if (seconds !== undefined) return seconds;
  throw new UsageError(`--${flag}: expected a time such as 90s, 5m or 1h; found "${text}".`);
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
