import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UsageError } from '../local/command-line/input-error.ts';

export type SoakOptions = {
  events: number;
  /** Percent of the calls to SuperOffice, SQS and Secrets Manager that go wrong. */
  faultRate: number;
  /** Seconds from one kill to the next, on average; 0 for none. */
  killEvery: number;
  /** Of the events, the faults, the people and the kills. */
  seed: number;
  /** The deployment's setting. */
  maxCallsPerSecond: number;
  json: boolean;
};

export const usage = `Usage: npm run soak -- [options]

Runs the synthesized stack on this machine, lets its calls fail and kills its sandboxes, and then
holds what came of it against what was promised. Exit code 1 where a promise broke.

  --events N                how many events (500)
  --fault-rate PERCENT      of the calls to SuperOffice, SQS and Secrets Manager (20)
  --kill-every SECONDS      a sandbox is killed, busy ones first; 0 for never (1)
  --seed N                  repeats events, faults and people, though not the timing (by chance)
  --max-calls-per-second N  the deployment setting; above 10, to get through many events (8)
  --json                    the summary as JSON on standard output
  --help                    show this`;

const mostSeed = 2 ** 31 - 1;

/**
 * Reads the command line; undefined where the usage is asked for.
 * @throws UsageError with one line that says what is wrong.
 */
export function parseSoakOptions(argv: readonly string[]): SoakOptions | undefined {
  const flags = parseFlags(argv);
  if (flags.help) return undefined;
  return {
    events: numberOf('events', flags.events, { least: 1, most: 100_000, fallback: 500 }),
    faultRate: numberOf('fault-rate', flags['fault-rate'], {
      least: 0,
      most: 90,
      fallback: 20,
      fraction: true,
    }),
    killEvery: numberOf('kill-every', flags['kill-every'], {
      least: 0,
      most: 3600,
      fallback: 1,
      fraction: true,
    }),
    seed: numberOf('seed', flags.seed, { least: 0, most: mostSeed, fallback: randomInt(mostSeed) }),
    maxCallsPerSecond: numberOf('max-calls-per-second', flags['max-calls-per-second'], {
      least: 1,
      most: 10_000,
      fallback: 8,
    }),
    json: flags.json ?? false,
  };
}

/** The command that repeats a run. */
export function commandOf(options: SoakOptions): string {
  const { events, faultRate, killEvery, seed, maxCallsPerSecond } = options;
  return `npm run soak -- --events ${events} --fault-rate ${faultRate} --kill-every ${killEvery} --max-calls-per-second ${maxCallsPerSecond} --seed ${seed}`;
}

function parseFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        events: { type: 'string' },
        'fault-rate': { type: 'string' },
        'kill-every': { type: 'string' },
        seed: { type: 'string' },
        'max-calls-per-second': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [says] = String((error as Error).message).split(/\. |\n/);
    throw new UsageError(`${says?.replace(/\.$/, '')}.`, { cause: error });
  }
}

type Range = { least: number; most: number; fallback: number; fraction?: boolean };

function numberOf(name: string, text: string | undefined, range: Range): number {
  const { least, most, fallback, fraction = false } = range;
  if (text === undefined) return fallback;
  const value = Number(text);
  const isNumber = fraction ? /^\d+(\.\d+)?$/.test(text) : /^\d+$/.test(text);
  if (isNumber && value >= least && value <= most) return value;
  throw new UsageError(`--${name}: expected a number from ${least} to ${most}; found "${text}".`);
}
