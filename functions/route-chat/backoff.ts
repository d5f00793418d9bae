const capSeconds = 5;
/** From this receive on an event never comes back sooner than in two seconds. */
const patientFrom = 11;

/** What another attempt needs before the deadline: the shortest backoff, then a second to work. */
const attemptRoomMs = 2_000;

/** Whether an event can come back once more and still be transferred before its deadline. */
export const fitsAnotherAttempt = (deadline: number, now: number) =>
  deadline - now >= attemptRoomMs;

/**
 * The visibility timeout, in whole seconds, of events of one message group that go back together:
 * SQS holds the group until the last of them is visible. Equal jitter, 1 s growing to 5 s, but soon
 * enough for a last attempt before the first of their deadlines.
 *
 * maxReceiveCount rests on the least this returns: 1 until the tenth receive, 2 from then on.
 */
export function backoffSeconds(
  events: { receiveCount: number; deadline: number }[],
  now: number,
  random: () => number,
): number {
  const receiveCount = Math.max(...events.map((event) => event.receiveCount));
  const bound = Math.min(capSeconds, 2 ** (receiveCount - 1));
  const jittered = Math.ceil(bound / 2 + (random() * bound) / 2);
  const roomMs = events
    .map(({ deadline }) => deadline - now)
    .filter((leftMs) => leftMs >= attemptRoomMs)
    .map((leftMs) => leftMs - attemptRoomMs / 2);
  const lastAttempt = Math.floor(Math.min(...roomMs) / 1000);
  return Math.max(Math.min(jittered, lastAttempt), receiveCount < patientFrom ? 1 : 2);
}
