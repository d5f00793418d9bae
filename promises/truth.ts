import type { Breach } from './breach.ts';
import { type EventRecord, eventRecords } from './event-record.ts';
import {
  deadlineOf,
  type Invocation,
  isAppliedBy,
  perhapsApplied,
  type RunRecord,
  type SeenResult,
  type SentEvent,
  type SentOffer,
  type SessionState,
  type SuperOfficeCall,
} from './run-record.ts';
import { causeFits, mayBeMoved, routerId, signOf } from './session-sign.ts';

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
        .filter((seen) => !isTrue(seen, ofEvent, record))
        .map(({ result: { outcome, cause } }) => ({
          messageId: ofEvent.event.messageId,
          says: `"${cause ? `${outcome} (${cause})` : outcome}" was not so`,
        })),
    ),
  ];
}

/** What SuperOffice may answer otherwise a moment later. */
const passing = [401, 408, 421, 429];

function isTrue(
  { result, completedAt }: SeenResult,
  { event, eventsOfChat, callsOfChat, statesOfChat, transfers, invocations }: EventRecord,
  { invocations: allInvocations, carriers = {}, tolerances: { clocksMs } }: RunRecord,
): boolean {
  const { offer, associateId, yields = false, isDryRun = false, isInvalid } = event;
  // Nothing of it may ever be transferred.
  if ((isInvalid || isDryRun) && transfers.length > 0) return false;
  if (isInvalid) return result.outcome === 'invalid-event';

  const { outcome, cause, error } = result;
  const isRecent = (at: number) =>
    at <= completedAt + clocksMs && at >= completedAt - invocationMs - clocksMs;
  const own = transfers.filter(({ startedAt }) => startedAt <= completedAt + clocksMs);
  /** What asking met, an offer may tell later: once the chat is back in its queue. */
  const isMet = (at: number) =>
    isRecent(at) || (offer !== undefined && at >= (own.at(-1)?.startedAt ?? completedAt));
  const shownWhere = (isThen: (at: number) => boolean) =>
    statesOfChat.filter(
      ({ at, by }) => by !== 'person' && at <= completedAt + clocksMs && isThen(at),
    );
  const shown = shownWhere(isRecent);
  const isOver = completedAt >= deadlineOf(event) - clocksMs;
  const isRefused = ({ startedAt, status = 0 }: SuperOfficeCall) =>
    isMet(startedAt) &&
    status === error?.httpStatus &&
    status >= 400 &&
    status < 500 &&
    !passing.includes(status);
  // Dry runs, and events that yield, look first; some offers pick the chat up.
  const isRefusedOtherwise =
    (isDryRun || yields || offer !== undefined) &&
    callsOfChat.some((call) => call.route !== 'transfer' && isRefused(call));
  const refusal = own.findLast(isRefused);
  const wasShownNull = callsOfChat.some(
    ({ fault, startedAt }) => fault === 'null' && isRecent(startedAt),
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
  /** Whether a record of the other event was in one of these. */
  const wasIn = (some: Invocation[], { messageId }: SentEvent) =>
    some.some(({ messageIds }) => messageIds.some((id) => (carriers[id] ?? id) === messageId));

  switch (outcome) {
    case 'transfer-pending':
      // An offer goes on from there.
      return !offer && shown.some(({ session }) => signOf(session, associateId) === outcome);
    case 'assigned':
      // Whom an offer asked may have accepted, and the chat have ended since.
      return shown.some(({ session }) =>
        offer
          ? offer.associateIds.includes(session?.owner ?? 0)
          : signOf(session, associateId) === outcome,
      );
    case 'not-applied': {
      // An offer that runs, which an event that yields leaves alone without a look.
      const isInTheWay = (other: SentEvent) =>
        other !== event && other.offer !== undefined && wasIn(invocations, other);
      if (yields && cause === 'other-transfer-pending' && eventsOfChat.some(isInTheWay)) {
        return true;
      }
      // One that was opened again since is another chat to an offer.
      if (offer && cause === 'ended' && hasEnded(statesOfChat, completedAt)) return true;
      // `null` is what SuperOffice said, true or not.
      if (cause === 'no-session' && wasShownNull) return true;
      // Its own transfer may have taken, and have been undone since: but seen to be undone.
      const took = statesOfChat.findLast(
        (state) => isAppliedBy(event, state) && state.at <= completedAt,
      );
      // Whom it names may be asked by somebody else, or by an offer that a chatbot ends.
      const maySign =
        (yields && cause === 'other-transfer-pending') || (offer && cause === 'chatbot-active');
      return shownWhere(cause === 'unclear' ? isMet : isRecent)
        .filter(({ at }) => at >= (took?.at ?? 0))
        .some((state) =>
          offer && cause === 'taken-by-another'
            ? isTaken(state, { event, offer, statesOfChat })
            : causeFits(cause, state.session) &&
              (maySign || signOf(state.session, associateId) === 'none'),
        );
    }
    case 'failed':
      return isRefusedOtherwise || (refusal !== undefined && !isOpen(refusal));
    case 'expired':
      // Nor may one of its calls have taken effect, or take effect later.
      return (
        isOver &&
        !own.some((call) => perhapsApplied(call) && !isNoOpOfAnOffer(event, call, own)) &&
        !statesOfChat.some((state) => isAppliedBy(event, state))
      );
    case 'unknown': {
      // Its time was over, or that of whom it asked, or SuperOffice refused what may have been applied.
      const isOverFor = ({ startedAt }: SuperOfficeCall) =>
        offer !== undefined && startedAt + offer.acceptWithinMs <= completedAt + clocksMs;
      return (
        (isOver || isRefusedOtherwise || refusal !== undefined || own.some(isOverFor)) &&
        (own.some(perhapsApplied) || result.receiveCount > 1 || invocations.length > 1)
      );
    }
    case 'superseded': {
      // An offer that was accepted is told so: it is looked at first, unless that fails.
      if (error === null && wasAccepted(event, statesOfChat, completedAt)) return wasShownNull;
      // In a batch of the event's own; or before, where the sandbox knows of it, if it is an offer.
      const until = allInvocations.filter(({ startedAt }) => startedAt <= completedAt + clocksMs);
      return (
        !isDryRun &&
        goingBefore(event, eventsOfChat).some((other) => wasIn(offer ? until : invocations, other))
      );
    }
    case 'declined':
    case 'unanswered':
      // By its own call, or by one that was found.
      return (
        offer !== undefined &&
        statesOfChat.some(
          ({ at, by, session }) =>
            by !== 'person' &&
            at <= completedAt &&
            offer.associateIds.includes(session?.pending ?? 0),
        )
      );
    case 'would-transfer':
      return isDryRun && shown.some(({ session }) => mayBeMoved(session, event));
    default:
      return false;
  }
}

/** Valid wishes that SQS took later; of one that yields all that do not, of any other none that yields. */
function goingBefore(event: SentEvent, eventsOfChat: SentEvent[]): SentEvent[] {
  const newer = eventsOfChat.slice(eventsOfChat.indexOf(event) + 1);
  return eventsOfChat
    .filter((other) => !other.isInvalid && !other.isDryRun)
    .filter((other) =>
      other.yields ? event.yields && newer.includes(other) : event.yields || newer.includes(other),
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
  shown: SessionState,
  {
    event,
    offer,
    statesOfChat,
  }: Pick<EventRecord, 'event' | 'statesOfChat'> & { offer: SentOffer },
): boolean {
  const { pending = null, owner = null } = shown.session ?? {};
  const until = statesOfChat.slice(0, statesOfChat.indexOf(shown) + 1);
  const sinceAsked = until.slice(
    until.findLastIndex(({ session }) => session?.pending !== pending) + 1,
  );
  const isAskedOtherwise =
    pending !== null && !sinceAsked.some((state) => isAppliedBy(event, state));
  const atFirst = until.find((state) => isAppliedBy(event, state))?.session?.owner ?? routerId;
  const hasNewOwner = owner !== null && owner !== atFirst;
  return isAskedOtherwise || (hasNewOwner && !offer.associateIds.includes(owner));
}

/** Whom the offer asked has had the chat for a second. */
function wasAccepted(event: SentEvent, statesOfChat: SessionState[], moment: number): boolean {
  const asked = statesOfChat
    .filter((state) => isAppliedBy(event, state))
    .map(({ session }) => session?.pending);
  const owners = [moment, moment - 1_000].map(
    (until) => statesOfChat.findLast(({ at }) => at <= until)?.session?.owner,
  );
  return event.offer !== undefined && owners.every((owner) => asked.includes(owner));
}

const hasEnded = (statesOfChat: SessionState[], until: number) =>
  statesOfChat.some(({ at, session }) => at <= until && session?.endedAt);
