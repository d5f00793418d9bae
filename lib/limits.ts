import { Duration } from 'aws-cdk-lib/core';
import { functionTimeoutSeconds } from '../functions/route-chat/function-timeout.ts';
import { wholeNumberBetween } from './rule.ts';

export const defaultEventTimeToLiveSeconds = 300;
export const eventTimeToLiveSecondsRule = wholeNumberBetween(10, 1800);

/**
 * SuperOffice allows a tenant ten calls a second. The rest is for the sign of life, the second look,
 * a sandbox that dies and is replaced within the second, and networks that are uneven.
 */
export const defaultMaxCallsPerSecond = 6;
export const maxCallsPerSecondRule = wholeNumberBetween(1, 10_000);

/** An hour is a reader's deployment that went wrong; fourteen days are how long SQS keeps a result. */
export const resultAgeAlarmSecondsRule = wholeNumberBetween(60, 1_209_600);

/** Sandboxes that work at a time: the fewest an event source mapping can be held to. */
export const maximumConcurrency = 2;

/**
 * What the second look at dead letters may call, on top: a sixth, at most one. At the default that
 * leaves three of SuperOffice's ten to the sign of life and to sandboxes that die.
 */
export const secondLookCallsPerSecond = (maxCallsPerSecond: number) =>
  Math.min(1, maxCallsPerSecond / 6);

export const functionTimeout = Duration.seconds(functionTimeoutSeconds);

/** Milliseconds between two calls of one sandbox, so that all of them keep the limit together. */
export function callSpacingMs(maxCallsPerSecond: number): number {
  const microseconds = (1_000_000 * maximumConcurrency) / maxCallsPerSecond;
  return Math.ceil(microseconds) / 1000;
}
