import type { Breach } from './breach.ts';
import { contradictedResults, triedAfterConclusion } from './conclusions.ts';
import { deadLetters, lostEvents, repeatedResults, unreadableResults } from './delivery.ts';
import { functionFailures } from './function-failures.ts';
import { givenUpWithTimeLeft } from './giving-up.ts';
import { gaveWayToOlder } from './giving-way.ts';
import { leaks } from './leaks.ts';
import { malformedLogLines } from './log-lines.ts';
import { looksBeyondSchedule, offersThatEndLate } from './offer-schedule.ts';
import { asksAfterAcceptance, asksAfterNewer, asksSideBySide, untrueOffers } from './offers.ts';
import { callsOutOfOrder, lateCalls } from './order.ts';
import { callsTooFast } from './pace.ts';
import { retriesWithoutLook } from './retries.ts';
import type { RunRecord } from './run-record.ts';
import { untrueResults } from './truth.ts';

/** The part of a record that does not take knowing what was sent. */
export type UnplannedRecord = Pick<
  RunRecord,
  | 'results'
  | 'unreadable'
  | 'invocations'
  | 'kills'
  | 'deadLetters'
  | 'maxReceiveCount'
  | 'leaks'
  | 'malformedLogLines'
  | 'unexpectedErrors'
>;

/** What must hold whatever happened, by what its breach is called. */
const always = {
  duplicate: repeatedResults,
  'dead-lettered': deadLetters,
  unreadable: unreadableResults,
  leaked: leaks,
  'function failed': functionFailures,
  'malformed log': malformedLogLines,
} satisfies Record<string, (record: UnplannedRecord) => Breach[]>;

/** Everything that is promised, by what its breach is called. */
const promises = {
  lost: lostEvents,
  'out of order': callsOutOfOrder,
  'gave way': gaveWayToOlder,
  'told and tried': triedAfterConclusion,
  contradicted: contradictedResults,
  'no look': retriesWithoutLook,
  'too late': lateCalls,
  'given up': givenUpWithTimeLeft,
  untrue: untrueResults,
  'asked side by side': asksSideBySide,
  'asked after acceptance': asksAfterAcceptance,
  'asked after a newer one': asksAfterNewer,
  'untrue offers': untrueOffers,
  'too many looks': looksBeyondSchedule,
  'ended too late': offersThatEndLate,
  'too fast': callsTooFast,
  ...always,
} satisfies Record<string, (record: RunRecord) => Breach[]>;

export type PromiseName = keyof typeof promises;
export type BrokenPromise = Breach & { promise: PromiseName };

export const promiseNames = Object.keys(promises) as PromiseName[];
const namesOfAlways = Object.keys(always) as (keyof typeof always)[];

/** Every promise that a run breaks; none for one that keeps them all. */
export const brokenPromises = (record: RunRecord): BrokenPromise[] =>
  promiseNames.flatMap((promise) =>
    promises[promise](record).map((breach) => ({ promise, ...breach })),
  );

/** What is wrong with a run whatever happened in it. */
export const brokenWhateverHappened = (record: UnplannedRecord): BrokenPromise[] =>
  namesOfAlways.flatMap((promise) =>
    always[promise](record).map((breach) => ({ promise, ...breach })),
  );
