import { mostCallsInASecond } from '../stand-ins/superoffice/pace.ts';
import { commandOf, type SoakOptions } from './options.ts';
import { type Broken, type PromiseName, promiseNames } from './promises/broken.ts';
import type { Story } from './run-record.ts';
import type { Tally } from './weighted-choice.ts';

/** What came of a run. */
export type Summary = {
  seconds: number;
  sent: number;
  /** Results by outcome. */
  results: Record<string, number>;
  /** Breaches by promise, zeros included. */
  broken: Record<PromiseName, number>;
  breaches: Broken[];
  deadLettered: number;
  calls: number;
  mostCallsInASecond: number;
  allowedCallsPerSecond: number;
  /** Repeated results SQS held back. */
  deduplicated: number;
  kills: number;
  /** Invocations a kill ended. */
  killedBatches: number;
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

export function summarizeSoak(story: Story, breaches: Broken[], measured: Measured): Summary {
  const { options, seconds, deduplicated, faults } = measured;
  const outcomes = Map.groupBy(story.results, ({ result }) => result.outcome);
  const sizes = [...outcomes].map(([outcome, { length }]) => [outcome, length] as const);
  const breachesOf = (name: PromiseName) =>
    breaches.filter(({ promise }) => promise === name).length;
  return {
    seconds: Math.round(seconds * 10) / 10,
    sent: story.events.length,
    results: Object.fromEntries(sizes.sort(([, one], [, other]) => other - one)),
    broken: Object.fromEntries(
      promiseNames.map((name) => [name, breachesOf(name)]),
    ) as Summary['broken'],
    breaches,
    deadLettered: story.deadLetters.length,
    calls: story.calls.length,
    mostCallsInASecond: mostCallsInASecond(story.calls.map(({ at }) => at)),
    allowedCallsPerSecond: story.allowedCallsPerSecond,
    deduplicated,
    kills: story.kills,
    killedBatches: story.batches.filter(({ failure }) => failure === 'killed').length,
    receives: story.batches.reduce((sum, { messageIds }) => sum + messageIds.length, 0),
    faults,
    repeat: commandOf(options),
  };
}
