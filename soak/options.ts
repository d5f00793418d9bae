import { randomInt } from 'node:crypto';
import { type NumberRange, parseFlags, parseNumber } from '../cli/command-line/flags.ts';

export type SoakOptions = {
  events: number;
  /** Percent of the events that are offers. */
  offerRate: number;
  /** Percent of the calls to SuperOffice, SQS and Secrets Manager that go wrong. */
  faultRate: number;
  /** Seconds from one kill to the next, on average; 0 for none. */
  killEvery: number;
  /** Of the events, the faults, the people and the kills. */
  seed: number;
  /** The deployment's setting. */
  maxCallsPerSecond: number;
  /** That a connection to SuperOffice takes to stand; 0: in the clear, and at once. */
  connectionSetUpMs: number;
  json: boolean;
};

export const usage = `Usage: npm run soak -- [options]

Runs the synthesized stack on this machine, lets its calls fail and kills its sandboxes, and then
holds what came of it against what was promised. Exit code 1 where a promise broke.

  --events N                how many events (500)
  --offers PERCENT          of them are offers, which take half a minute and more where
                            nobody answers; half as many are dry runs, or yield (10)
  --fault-rate PERCENT      of the calls to SuperOffice, SQS and Secrets Manager (20)
  --kill-every SECONDS      a sandbox is killed, busy ones first; 0 for never (1)
  --seed N                  repeats events, faults and people, though not the timing (by chance)
  --max-calls-per-second N  the deployment setting; above 10, to get through many events (6)
  --set-up MILLISECONDS     that a connection to SuperOffice takes to stand, over TLS (0: no TLS)
  --json                    the summary as JSON on standard output
  --help                    show this`;

const mostSeed = 2 ** 31 - 1;

/**
 * Reads the command line; undefined where the usage is asked for.
 * @throws UsageError with one line that says what is wrong.
 */
export function parseSoakOptions(argv: readonly string[]): SoakOptions | undefined {
  const flags = parseFlags(argv, {
    events: { type: 'string' },
    offers: { type: 'string' },
    'fault-rate': { type: 'string' },
    'kill-every': { type: 'string' },
    seed: { type: 'string' },
    'max-calls-per-second': { type: 'string' },
    'set-up': { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (flags.help) return undefined;
  type NumberFlag = Exclude<keyof typeof flags, 'json' | 'help'>;
  const numberOf = (flag: NumberFlag, fallback: number, range: NumberRange) => {
    const text = flags[flag];
    return text === undefined ? fallback : parseNumber(flag, text, range);
  };
  return {
    events: numberOf('events', 500, { least: 1, most: 100_000 }),
    offerRate: numberOf('offers', 10, { least: 0, most: 100, fraction: true }),
    faultRate: numberOf('fault-rate', 20, { least: 0, most: 90, fraction: true }),
    killEvery: numberOf('kill-every', 1, { least: 0, most: 3600, fraction: true }),
    seed: numberOf('seed', randomInt(mostSeed), { least: 0, most: mostSeed }),
    maxCallsPerSecond: numberOf('max-calls-per-second', 6, { least: 1, most: 10_000 }),
    connectionSetUpMs: numberOf('set-up', 0, { least: 0, most: 5_000 }),
    json: flags.json ?? false,
  };
}

/** The command that repeats a run. */
export function commandOf(options: SoakOptions): string {
  const { events, offerRate, faultRate, killEvery, seed, maxCallsPerSecond, connectionSetUpMs } =
    options;
  const setUp = connectionSetUpMs > 0 ? ` --set-up ${connectionSetUpMs}` : '';
  return `npm run soak -- --events ${events} --offers ${offerRate} --fault-rate ${faultRate} --kill-every ${killEvery} --max-calls-per-second ${maxCallsPerSecond}${setUp} --seed ${seed}`;
}
