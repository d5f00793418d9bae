import { parseArgs } from 'node:util';

export const parts = ['size', 'cold', 'warm', 'latency', 'burst', 'faults', 'cost'] as const;
export type Part = (typeof parts)[number];

/** How often, or on how many events, each part is measured. */
export type Effort = {
  coldRepeats: number;
  warmRepeats: number;
  latencyEvents: number;
  burstEvents: number;
  faultEvents: number;
  costRepeats: number;
};

const full: Effort = {
  coldRepeats: 21,
  warmRepeats: 9,
  latencyEvents: 120,
  burstEvents: 600,
  faultEvents: 240,
  costRepeats: 3,
};
/** For trying out: the figures mean little. */
const quick: Effort = {
  coldRepeats: 3,
  warmRepeats: 1,
  latencyEvents: 10,
  burstEvents: 60,
  faultEvents: 16,
  costRepeats: 1,
};

export type Options = { only: Part[]; effort: Effort; isQuick: boolean };

/** @throws Error that names the option that was not understood. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const only = values.only?.split(',') ?? [...parts];
  const isPart = (name: string): name is Part => (parts as readonly string[]).includes(name);
  const unknown = only.find((name) => !isPart(name));
  if (unknown !== undefined) {
    throw new Error(`--only: expected some of ${parts.join(',')}, found "${unknown}".`);
  }
  return { only: only.filter(isPart), effort: values.quick ? quick : full, isQuick: values.quick };
}
