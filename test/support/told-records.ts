import type { RunRecord, SessionState } from '../../promises/run-record.ts';
import { at, looked, seenResult, sentEvent, sessionState } from './run-records.ts';

/** A row of a table of results that are true or not. */
export type ToldRow = [name: string, record: Partial<RunRecord>];

/** What event `a` is told, 150 ms into the run unless told otherwise. */
export const told = (
  outcome: string,
  changes: Parameters<typeof seenResult>[0] = {},
  milliseconds?: number,
) => ({ results: [seenResult({ outcome, ...changes }, milliseconds)] });

export const notApplied = (cause: string, milliseconds?: number) =>
  told('not-applied', { cause }, milliseconds);

/** As SuperOffice refused. */
export const refusedWith = (httpStatus: number) => ({
  error: { code: `http-${httpStatus}`, message: 'SuperOffice refused.', httpStatus },
});

type Session = Parameters<typeof sessionState>[0];

/** What a transfer left: to 8, and applied, unless told otherwise. */
export const transferred = (
  milliseconds: number,
  session: Session = {},
  changes: Partial<SessionState> = {},
): SessionState => sessionState(session, { at: at(milliseconds), ...changes });

/** No such chat. */
export const noChat: SessionState = { ...looked(100, {}), session: null };

/** A later wish for the same chat. */
export const newer = sentEvent({ messageId: 'b', target: '09', associateId: 9 });
/** A deadline that the usual result keeps but for the tolerance of its clock. */
export const soonOver = sentEvent({ timeToLiveMs: 200 });
/** Asks 8, then 9. */
export const offered = sentEvent({
  offer: { targets: ['8', '9'], associateIds: [8, 9], acceptWithinMs: 30_000 },
});
