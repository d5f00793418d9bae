import { parseFlags } from '../cli/command-line/flags.ts';
import { UsageError } from '../cli/command-line/input-error.ts';

export const parts = [
  'size',
  'cold',
  'first',
  'warm',
  'latency',
  'burst',
  'faults',
  'cost',
  'offers',
] as const;
export type Part = (typeof parts)[number];

/** How often, or on how many events, each part is measured. */
export type Effort = {
  coldRepeats: number;
  firstRepeats: number;
  warmRepeats: number;
  latencyEvents: number;
  burstEvents: number;
  faultEvents: number;
  costRepeats: number;
  /** Of each kind. */
  offers: number;
};

const full: Effort = {
  coldRepeats: 21,
  firstRepeats: 15,
  warmRepeats: 9,
  latencyEvents: 120,
  burstEvents: 600,
  faultEvents: 240,
  costRepeats: 3,
  offers: 20,
};
/** For trying out: the figures mean little. */
const quick: Effort = {
  coldRepeats: 3,
  firstRepeats: 2,
  warmRepeats: 1,
  latencyEvents: 10,
  burstEvents: 60,
  faultEvents: 16,
  costRepeats: 1,
  offers: 2,
};

export type Options = { only: Part[]; effort: Effort; isQuick: boolean };

export const usage = `Usage: npm run bench -- [options]

Measures our function beside what one would build instead, and holds it against its targets.

  --quick           in under a minute, for trying out; all of it takes some ten on two cores
  --only PARTS      some of ${parts.join(',')}
  --help            show this`;

/**
 * Reads the command line; undefined where the usage is asked for.
 * @throws UsageError that names the option that was not understood.
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const flags = parseFlags(argv, {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (flags.help) return undefined;
  const only = flags.only?.split(',') ?? [...parts];
  const isPart = (name: string): name is Part => (parts as readonly string[]).includes(name);
  const unknown = only.find((name) => !isPart(name));
  if (unknown !== undefined) {
    throw new UsageError(`--only: expected some of ${parts.join(',')}; found "${unknown}".`);
  }
  return { only: only.filter(isPart), effort: flags.quick ? quick : full, isQuick: flags.quick };
}
