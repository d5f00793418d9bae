import type { Breach } from './breach.ts';
import { eventRecords } from './event-record.ts';
import type { RunRecord } from './run-record.ts';

/** What a sandbox has concluded it only tells again: no call for the event leaves it any more. */
export function triedAfterConclusion(record: RunRecord): Breach[] {
  const sends = Map.groupBy(record.resultSends, ({ messageId }) => messageId);
  return eventRecords(record).flatMap(({ event: { messageId }, transfers }) =>
    transfers
      .filter((call) =>
        sends
          .get(messageId)
          ?.some(({ sandbox, at }) => sandbox === call.sandbox && at < call.startedAt),
      )
      .map(({ sandbox }) => ({
        messageId,
        says: `was tried again by ${sandbox}, which had told it`,
      })),
  );
}

/** A sandbox that sends a result again says the same again. */
export function contradictedResults({ resultSends }: Pick<RunRecord, 'resultSends'>): Breach[] {
  const byTeller = Map.groupBy(resultSends, (send) => `${send.messageId} ${send.sandbox}`);
  return [...byTeller.values()].flatMap((sends) => {
    const said = [...new Set(sends.map(({ says }) => says))];
    if (said.length === 1) return [];
    const says = `was told ${said.join(', then ')}`;
    return sends.slice(0, 1).map(({ messageId }) => ({ messageId, says }));
  });
}
