const capSeconds = 5;
/** From this receive on an event never comes back sooner than in two seconds. */
const patientFrom = 11;

/** What another attempt needs before the deadline: the shortest backoff, then a second to work. */
const attemptRoomMs = 2_000;

/**
 * The visibility timeout, in whole seconds, of events of one message group that go back together:
 * SQS holds the group until the last of them is visible. Equal jitter, 1 s growing to 5 s, but soon
 * enough for a last attempt before the first of their deadlines; or, where none fits any more, for
 * the result right after it. An event without a deadline, which is none, hurries nobody.
 *
 * maxReceiveCount rests on the least this returns: 1 until the tenth receive, 2 from then on.
 */
export function backoffSeconds(
  events: { receiveCount: number; deadline?: number }[],
  now: number,
  random: () => number,
): number {
  const receiveCount = Math.max(...events.map((event) => event.receiveCount));
  const bound = Math.min(capSeconds, 2 ** (receiveCount - 1));
  const jittered = Math.ceil(bound / 2 + (random() * bound) / 2);
  const soonEnough = events
    .map(({ deadline = now }) => deadline - now)
    .filter((leftMs) => leftMs > 0)
    .map((leftMs) =>
      leftMs >= attemptRoomMs
        ? Math.floor((leftMs - attemptRoomMs / 2) / 1000)
        : Math.ceil(leftMs / 1000),
    );
  return Math.max(Math.min(jittered, ...soonEnough), receiveCount < patientFrom ? 1 : 2);
}
