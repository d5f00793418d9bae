import type { Breach } from './breach.ts';
import { eventRecords } from './event-record.ts';
import { perhapsApplied, type RunRecord } from './run-record.ts';

/** Where a call may have been applied, its sandbox asks what is so before it makes another. */
export function retriesWithoutLook(record: RunRecord): Breach[] {
  return eventRecords(record).flatMap(({ event: { messageId }, transfers, callsOfChat }) =>
    transfers
      .filter((call, index) => {
        const last = transfers
          .slice(0, index)
          .findLast(({ sandbox, target }) => sandbox === call.sandbox && target === call.target);
        const hasLooked = callsOfChat.some(
          ({ route, sandbox, startedAt }) =>
            route === 'session' &&
            sandbox === call.sandbox &&
            startedAt >= (last?.startedAt ?? 0) &&
            startedAt <= call.startedAt,
        );
        return last && call.sandbox !== undefined && perhapsApplied(last) && !hasLooked;
      })
      .map(({ sandbox }) => ({ messageId, says: `was tried again by ${sandbox} without a look` })),
  );
}
