import type { Breach } from './breach.ts';
import { type EventRecord, eventRecords } from './event-record.ts';
import { deadlineOf, type RunRecord, type SeenResult, type SessionState } from './run-record.ts';
import { signOf } from './session-sign.ts';

/**
 * The newest wish wins: before its deadline an event gives way to a transfer pending to somebody else
 * only where that is known to be newer. It is, where it appeared between two looks, or after the
 * target's own sign had been shown; or where SuperOffice itself kept it over the event's transfer.
 */
export function gaveWayToOlder(record: RunRecord): Breach[] {
  const inTheWay = eventRecords(record).filter(
    ({ event: { yields, isDryRun } }) => !yields && !isDryRun,
  );
  return inTheWay.flatMap((ofEvent) =>
    ofEvent.results
      .filter(({ result: { cause }, completedAt }) => {
        const isBeforeItsTime =
          completedAt < deadlineOf(ofEvent.event) - record.tolerances.clocksMs;
        return isBeforeItsTime && cause === 'other-transfer-pending';
      })
      .filter((seen) => !isKnownToBeNewer(seen, ofEvent, record.tolerances.clocksMs))
      .map(() => ({
        messageId: ofEvent.event.messageId,
        says: 'gave way to a pending transfer that is not known to be newer',
      })),
  );
}

function isKnownToBeNewer({ completedAt }: SeenResult, ofEvent: EventRecord, clocksMs: number) {
  const { event, transfers, invocations, callsOfChat } = ofEvent;
  // SuperOffice's answer to the event's own transfer is the last word.
  const until = completedAt + clocksMs;
  if (transfers.some(({ status, startedAt }) => status === 200 && startedAt <= until)) return true;
  const states = ofEvent.statesOfChat.filter(({ at }) => at <= until);
  const lastShown = states.findLastIndex(({ by }) => by !== 'person');
  const appearedAt = beginningOf(states.slice(0, lastShown + 1));
  const isOwnAndBefore = (moment: number) =>
    moment <= appearedAt &&
    invocations.some(({ startedAt, endedAt }) => startedAt <= moment && moment <= endedAt);
  const hasLooked = callsOfChat.some(
    ({ route, status, startedAt, fault }) =>
      route === 'session' &&
      status === 200 &&
      // One that was shown no session saw nobody asked, and nobody not asked.
      fault !== 'null' &&
      isOwnAndBefore(startedAt),
  );
  const sawItsSign = states.some(
    ({ at, by, session }) =>
      by !== 'person' && isOwnAndBefore(at) && signOf(session, event.associateId) !== 'none',
  );
  return hasLooked || sawItsSign;
}

/** Since when they have been asked who are at the end of these states; for ever, if nothing else was seen. */
function beginningOf(states: SessionState[]): number {
  const associateId = states.at(-1)?.session?.pending ?? null;
  const lastOther = states.findLastIndex(({ session }) => session?.pending !== associateId);
  const first = lastOther === -1 ? undefined : states[lastOther + 1];
  return first?.at ?? Number.NEGATIVE_INFINITY;
}
