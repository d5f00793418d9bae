import type { Breach } from './breach.ts';
import { eventRecords, newerInGroup } from './event-record.ts';
import { deadlineOf, isOwnTransfer, type RunRecord } from './run-record.ts';

/** The newest wish wins: no call for an older event of a group once a newer one has been tried. */
export function callsOutOfOrder(record: RunRecord): Breach[] {
  return eventRecords(record).flatMap((ofEvent) => {
    const { event, callsOfChat, transfers } = ofEvent;
    const newer = newerInGroup(ofEvent);
    const firstNewer = callsOfChat.find((call) =>
      newer.some((other) => isOwnTransfer(other, call)),
    );
    if (!firstNewer) return [];
    return transfers
      .map(({ startedAt }) => startedAt - firstNewer.startedAt)
      .filter((milliseconds) => milliseconds > 0)
      .map((milliseconds) => ({
        messageId: event.messageId,
        says: `was tried ${Math.round(milliseconds)} ms after a newer event of its chat`,
      }));
  });
}

/** In time or not at all: no transfer call starts at or after its event's deadline. */
export function lateCalls(record: RunRecord): Breach[] {
  const { onItsWayMs } = record.tolerances;
  return eventRecords(record).flatMap(({ event, transfers }) =>
    transfers
      .map(({ startedAt }) => startedAt - deadlineOf(event))
      .filter((milliseconds) => milliseconds >= onItsWayMs)
      .map((milliseconds) => ({
        messageId: event.messageId,
        says: `was tried ${Math.round(milliseconds)} ms after its deadline`,
      })),
  );
}
