import { mostArrivalsInASecond } from '../promises/pace.ts';
import { type BrokenPromise, type PromiseName, promiseNames } from '../promises/promises.ts';
import type { RunRecord } from '../promises/run-record.ts';
import { commandOf, type SoakOptions } from './options.ts';
import type { Tally } from './weighted-choice.ts';

/** What came of a run. */
export type Summary = {
  seconds: number;
  sent: number;
  /** Results by outcome. */
  results: Record<string, number>;
  /** Breaches by promise, zeros included. */
  broken: Record<PromiseName, number>;
  breaches: BrokenPromise[];
  deadLettered: number;
  calls: number;
  mostCallsInASecond: number;
  allowedCallsPerSecond: number;
  /** Repeated results SQS held back. */
  deduplicated: number;
  kills: number;
  /** Invocations a kill ended. */
  killedInvocations: number;
  receives: number;
  faults: Tally;
  /** The command that repeats the run. */
  repeat: string;
};

export type Measured = {
  options: SoakOptions;
  seconds: number;
  deduplicated: number;
  faults: Tally;
};

export function summarizeSoak(
  record: RunRecord,
  breaches: BrokenPromise[],
  measured: Measured,
): Summary {
  const { options, seconds, deduplicated, faults } = measured;
  const outcomes = Map.groupBy(record.results, ({ result }) => result.outcome);
  const sizes = [...outcomes].map(([outcome, { length }]) => [outcome, length] as const);
  const breachesOf = (name: PromiseName) =>
    breaches.filter(({ promise }) => promise === name).length;
  return {
    seconds: Math.round(seconds * 10) / 10,
    sent: record.events.length,
    results: Object.fromEntries(sizes.sort(([, one], [, other]) => other - one)),
    broken: Object.fromEntries(
      promiseNames.map((name) => [name, breachesOf(name)]),
    ) as Summary['broken'],
    breaches,
    deadLettered: record.deadLetters.length,
    calls: record.calls.length,
    mostCallsInASecond: mostArrivalsInASecond(record),
    allowedCallsPerSecond: record.allowedCallsPerSecond,
    deduplicated,
    kills: record.kills,
    killedInvocations: record.invocations.filter(({ failure }) => failure === 'killed').length,
    receives: record.invocations.reduce((sum, { messageIds }) => sum + messageIds.length, 0),
    faults,
    repeat: commandOf(options),
  };
}
