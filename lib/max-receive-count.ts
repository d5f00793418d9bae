/** SQS takes no more. */
const most = 1000;

/** The function's backoff from the eleventh receive on; before that it may be one second. */
const shortestBackoffSeconds = 2;

/** The ten receives with the shorter backoff, and those after the deadline while no result gets out. */
const reserve = 50;

/**
 * How often an event may be received before it is a dead letter: more often than a live one can be.
 *
 * Events are given up by deadline. This is the net below, for an event that kills the function, and
 * a live event must not fall into it: on a FIFO queue the followers of an event that is retried
 * gain receive counts without being tried.
 */
export function maxReceiveCount(eventTimeToLiveSeconds: number): number {
  return Math.min(most, Math.ceil(eventTimeToLiveSeconds / shortestBackoffSeconds) + reserve);
}
