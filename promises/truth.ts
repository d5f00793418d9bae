import type { Breach } from './breach.ts';
import { type EventRecord, eventRecords } from './event-record.ts';
import {
  deadlineOf,
  isOwnTransfer,
  perhapsApplied,
  type RunRecord,
  type SeenResult,
  type SentEvent,
  type SessionState,
  type SuperOfficeCall,
  type Tolerances,
} from './run-record.ts';
import { causeFits, mayBeMoved, signOf } from './session-sign.ts';

/** A result rests on what SuperOffice showed during the invocation that concluded it. */
const invocationMs = 15_000;

/** Every result is of an event, and true: what it says was so when it was said. */
export function untrueResults(record: RunRecord): Breach[] {
  const sent = new Set(record.events.map(({ messageId }) => messageId));
  const strangers = record.results.filter(({ result }) => !sent.has(result.eventMessageId));
  return [
    ...strangers.map(({ result }) => ({
      messageId: result.eventMessageId,
      says: 'has a result, and was never sent',
    })),
    ...eventRecords(record).flatMap((ofEvent) =>
      ofEvent.results
        .filter((seen) => !isTrue(seen, ofEvent, record.tolerances))
        .map(({ result: { outcome, cause } }) => ({
          messageId: ofEvent.event.messageId,
          says: `"${cause ? `${outcome} (${cause})` : outcome}" was not so`,
        })),
    ),
  ];
}

function isTrue(
  { result, completedAt }: SeenResult,
  { event, eventsOfChat, callsOfChat, statesOfChat, transfers, invocations }: EventRecord,
  { clocksMs }: Tolerances,
): boolean {
  const isRecent = (at: number) =>
    at <= completedAt + clocksMs && at >= completedAt - invocationMs - clocksMs;
  const own = transfers.filter(({ startedAt }) => startedAt <= completedAt + clocksMs);
  const named = event.offer?.associateIds ?? [event.associateId];
  const shown = statesOfChat.filter(({ at, by }) => by !== 'person' && isRecent(at));
  const isOver = completedAt >= deadlineOf(event) - clocksMs;
  // Dry runs, and events that yield, look first; some offers pick the chat up.
  const isRefusedOtherwise: boolean =
    (event.isDryRun === true || event.yields === true || event.offer !== undefined) &&
    callsOfChat.some(
      ({ route, status, startedAt }) =>
        route !== 'transfer' && isRecent(startedAt) && status === result.error?.httpStatus,
    );
  const refusal = own.findLast(
    ({ startedAt, status = 0 }) =>
      isRecent(startedAt) && status === result.error?.httpStatus && status >= 400 && status < 500,
  );
  /** Whether a call before that moment may have been applied, and no look has told since. */
  const isOpen = ({ startedAt: moment, target }: SuperOfficeCall) =>
    own.some(
      (call) =>
        perhapsApplied(call) &&
        call.target === target &&
        call.startedAt < moment &&
        !callsOfChat.some(
          ({ route, status, startedAt }) =>
            route === 'session' &&
            status === 200 &&
            startedAt > call.startedAt &&
            startedAt < moment,
        ),
    );

  switch (result.outcome) {
    case 'transfer-pending':
    case 'assigned':
      // Whom an offer asked may have accepted, and the chat have ended since.
      if (event.offer && result.outcome === 'assigned') {
        return shown.some(({ session }) => named.includes(session?.owner ?? 0));
      }
      return shown.some(({ session }) =>
        named.some((associateId) => signOf(session, associateId) === result.outcome),
      );
    case 'not-applied': {
      if (event.yields && hasRunningOffer(eventsOfChat, event)) return true;
      // One that was opened again since is another chat to an offer.
      if (event.offer && result.cause === 'ended' && hasEnded(statesOfChat, completedAt))
        return true;
      // Its own transfer may have taken, and have been undone since: but seen to be undone.
      const took = statesOfChat.findLast(
        (state) => isOwnTransfer(event, state) && state.applied && state.at <= completedAt,
      );
      const wasShown = shown.some(
        ({ at, session }) =>
          at >= (took?.at ?? 0) &&
          (event.offer || event.yields || signOf(session, event.associateId) === 'none') &&
          (event.offer && result.cause === 'taken-by-another'
            ? isTaken(session, event, statesOfChat)
            : causeFits(result.cause, session)),
      );
      // `null` is what SuperOffice said, true or not.
      const saidNull = callsOfChat.some(({ fault }) => fault === 'null');
      return wasShown || (result.cause === 'no-session' && saidNull);
    }
    case 'failed':
      return isRefusedOtherwise || (refusal !== undefined && !isOpen(refusal));
    case 'expired':
      // Nor may one of its calls have taken effect, or take effect later.
      return (
        isOver &&
        !own.some((call) => perhapsApplied(call) && !isNoOpOfAnOffer(event, call, own)) &&
        !statesOfChat.some((state) => isOwnTransfer(event, state) && state.applied)
      );
    case 'unknown':
      // Its time was over, or SuperOffice refused what may have been applied before.
      return (
        (isOver || isRefusedOtherwise || refusal !== undefined || event.offer !== undefined) &&
        (own.some(perhapsApplied) || result.receiveCount > 1 || invocations.length > 1)
      );
    case 'superseded':
      // An offer that was accepted is told so: it is looked at first, unless that fails.
      if (result.error === null && wasAccepted(event, statesOfChat, completedAt)) {
        return callsOfChat.some(({ fault }) => fault === 'null');
      }
      return isSupersededIn(invocations, event, eventsOfChat);
    case 'declined':
    case 'unanswered':
      // By its own call, or by one that was found.
      return statesOfChat.some(
        ({ at, by, session }) =>
          by !== 'person' && at <= completedAt && named.includes(session?.pending ?? 0),
      );
    case 'would-transfer':
      return event.isDryRun === true && shown.some(({ session }) => mayBeMoved(session));
    case 'invalid-event':
      return event.isInvalid && own.length === 0;
    default:
      return false;
  }
}

/**
 * By a valid one that SQS took later, in a batch of the event's own; or before, where the sandbox knows
 * of it, if it is an offer. One that yields is superseded by any that does not.
 */
function isSupersededIn(
  invocations: EventRecord['invocations'],
  event: SentEvent,
  eventsOfChat: SentEvent[],
): boolean {
  const newer = eventsOfChat.slice(eventsOfChat.indexOf(event) + 1);
  return eventsOfChat
    .filter((other) => newer.includes(other) || (event.yields && !other.yields))
    .some(
      ({ messageId, isInvalid, isDryRun }) =>
        !isInvalid &&
        !isDryRun &&
        (event.offer || invocations.some(({ messageIds }) => messageIds.includes(messageId))),
    );
}

/** SuperOffice answered then, or later, that it did nothing, and the offer went on to the next one. */
const isNoOpOfAnOffer = (
  { offer }: SentEvent,
  { target, startedAt }: SuperOfficeCall,
  own: SuperOfficeCall[],
) =>
  offer !== undefined &&
  own.some((call) => call.target === target && call.status === 200 && call.startedAt >= startedAt);

/** Somebody is asked other than by the offer, or has it whom the offer does not name. */
function isTaken(
  session: SessionState['session'],
  event: SentEvent,
  statesOfChat: SessionState[],
): boolean {
  const own = statesOfChat.filter((state) => isOwnTransfer(event, state) && state.applied);
  const askedByOffer = own.map((state) => state.session?.pending);
  const [first] = own;
  if (!session || !first) return session !== null;
  const { pending, owner } = session;
  const isAskedOtherwise = pending !== null && pending !== askedByOffer.at(-1);
  const hasNewOwner = owner !== null && owner !== first.session?.owner;
  return isAskedOtherwise || (hasNewOwner && !event.offer?.associateIds.includes(owner));
}

/** Whom the offer asked has had the chat for a second. */
function wasAccepted(event: SentEvent, statesOfChat: SessionState[], moment: number): boolean {
  const asked = statesOfChat
    .filter((state) => state.applied && isOwnTransfer(event, state) && state.at <= moment)
    .map(({ session }) => session?.pending);
  const owners = [moment, moment - 1_000].map(
    (until) => statesOfChat.findLast(({ at }) => at <= until)?.session?.owner,
  );
  return event.offer !== undefined && owners.every((owner) => owner && asked.includes(owner));
}

const hasEnded = (statesOfChat: SessionState[], until: number) =>
  statesOfChat.some(({ at, session }) => at <= until && session?.endedAt);

/** An offer for the same chat, which an event that yields leaves alone without a look. */
const hasRunningOffer = (eventsOfChat: SentEvent[], event: SentEvent) =>
  eventsOfChat.some((other) => other !== event && other.offer !== undefined);
