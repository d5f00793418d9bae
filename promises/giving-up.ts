import type { Breach } from './breach.ts';
import { eventRecords } from './event-record.ts';
import type { RunRecord } from './run-record.ts';

/** Where SuperOffice is there and time is ample, nothing is given up. */
export function givenUpWithTimeLeft(record: RunRecord): Breach[] {
  return eventRecords(record)
    .filter(({ event }) => event.hasAmpleTime)
    .flatMap(({ event, results }) =>
      results
        .filter(({ result: { outcome } }) => outcome === 'expired' || outcome === 'unknown')
        .map(({ result: { outcome } }) => ({
          messageId: event.messageId,
          says: `"${outcome}" although there was time`,
        })),
    );
}
