import type { RunRecord, SessionState, SuperOfficeCall } from '../../promises/run-record.ts';
import {
  at,
  leftByHand,
  lookCall,
  looked,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from './run-records.ts';

/** Chat 648 to associate 8, then 9. */
export const offerEvent = sentEvent({
  offer: { targets: ['8', '9'], associateIds: [8, 9], acceptWithinMs: 30_000 },
});

/** A call, and a millisecond later what it left; or what somebody in SuperOffice left. */
type Step = [call: SuperOfficeCall | undefined, state: SessionState];
type Session = Parameters<typeof looked>[1];

export const asked = (
  milliseconds: number,
  target: string,
  session: Session = {},
  changes: Partial<SessionState> = {},
): Step => [
  transferCall(milliseconds, { target }),
  sessionState(
    { pending: Number(target), ...session },
    { at: at(milliseconds + 1), target, ...changes },
  ),
];

export const lookStep = (milliseconds: number, session: Session): Step => [
  lookCall(milliseconds),
  looked(milliseconds + 1, session),
];

/** A look that finds no such chat. */
export const looksInVain = (milliseconds: number): Step => [
  lookCall(milliseconds),
  { ...looked(milliseconds + 1, {}), session: null },
];

export const byHand = (milliseconds: number, session: Session): Step => [
  undefined,
  leftByHand(milliseconds, session),
];

/** The offer, and what happened to its chat. */
export const history = (...steps: Step[]) => ({
  events: [offerEvent],
  calls: steps.flatMap(([call]) => call ?? []),
  sessionStates: steps.map(([, state]) => state),
});

const isoTime = (milliseconds: number) => new Date(at(milliseconds)).toISOString();

/** What a result says of one who was asked. */
export const entry = (answer: string, askedAt: number, endedAt: number, toAssociate = '8') => ({
  toAssociate,
  askedAt: isoTime(askedAt),
  endedAt: isoTime(endedAt),
  answer,
});

/** … and of one who could not be. */
export const notAsked = (answer: string, toAssociate = '9') => ({
  ...entry(answer, 0, 10_001, toAssociate),
  askedAt: null,
});

type Entry = ReturnType<typeof entry> | ReturnType<typeof notAsked>;

export const ended = (outcome: string, ...offers: Entry[]): Pick<RunRecord, 'results'> => ({
  results: [seenResult({ outcome, offers }, 40_000)],
});
