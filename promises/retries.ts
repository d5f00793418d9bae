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
        if (!last || call.sandbox === undefined || !perhapsApplied(last)) return false;
        return !callsOfChat
          .slice(callsOfChat.indexOf(last), callsOfChat.indexOf(call))
          .some(({ route, sandbox }) => route === 'session' && sandbox === call.sandbox);
      })
      .map(({ sandbox }) => ({ messageId, says: `was tried again by ${sandbox} without a look` })),
  );
}
