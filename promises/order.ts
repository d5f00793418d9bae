import type { Breach } from './breach.ts';
import { eventRecords, newerInGroup } from './event-record.ts';
import { deadlineOf, isOwnTransfer, type RunRecord } from './run-record.ts';

/**
 * The newest wish wins: no call for an older event of a group once a newer one has been tried, or is
 * known to have been applied.
 */
export function callsOutOfOrder(record: RunRecord): Breach[] {
  const { clocksMs } = record.tolerances;
  const ends = Map.groupBy(
    record.results.filter(({ result: { outcome } }) => doesWin(outcome)),
    ({ result }) => result.eventMessageId,
  );
  // What an offer asks while it runs is held against `asksAfterNewer`.
  const plain = eventRecords(record).filter(({ event }) => !event.offer);
  return plain.flatMap((ofEvent) => {
    const { event, callsOfChat, transfers } = ofEvent;
    const newer = newerInGroup(ofEvent);
    const triedAt = callsOfChat
      .filter((call) => newer.some((other) => isOwnTransfer(other, call)))
      .map(({ startedAt }) => startedAt);
    const endedAt = newer
      .flatMap(({ messageId }) => ends.get(messageId) ?? [])
      .map(({ completedAt }) => completedAt + clocksMs);
    const firstNewer = Math.min(...triedAt, ...endedAt);
    return transfers
      .map(({ startedAt }) => startedAt - firstNewer)
      .filter((milliseconds) => milliseconds > 0)
      .map((milliseconds) => ({
        messageId: event.messageId,
        says: `was tried ${Math.round(milliseconds)} ms after a newer event of its chat`,
      }));
  });
}

/** The older ones of its group are over with it. */
const doesWin = (outcome: string) => outcome === 'transfer-pending' || outcome === 'assigned';

/**
 * In time or not at all: no transfer call starts at or after its event's deadline; of an offer, none
 * for the one who is asked first.
 */
export function lateCalls(record: RunRecord): Breach[] {
  const { onItsWayMs } = record.tolerances;
  return eventRecords(record).flatMap(({ event, transfers }) =>
    transfers
      .filter(({ target }) => target === event.target)
      .map(({ startedAt }) => startedAt - deadlineOf(event))
      .filter((milliseconds) => milliseconds >= onItsWayMs)
      .map((milliseconds) => ({
        messageId: event.messageId,
        says: `was tried ${Math.round(milliseconds)} ms after its deadline`,
      })),
  );
}
