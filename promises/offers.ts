import type { Breach } from './breach.ts';
import { type EventRecord, type OfferRecord, offerRecords } from './event-record.ts';
import {
  isAppliedBy,
  isOwnTransfer,
  momentOf,
  type RunRecord,
  type SessionState,
  type SuperOfficeCall,
} from './run-record.ts';

const breachOf = ({ event: { messageId } }: EventRecord, says: string): Breach => ({
  messageId,
  says,
});

/** Nobody is asked while another of the same offer is still being asked, and has time left. */
export function asksSideBySide(record: RunRecord): Breach[] {
  const { onItsWayMs, clocksMs } = record.tolerances;
  return offerRecords(record).flatMap((ofOffer) =>
    ofOffer.transfers.flatMap((call) => {
      const before = statesUntil(ofOffer, call);
      const pending = before.at(-1)?.session?.pending ?? null;
      const since = before.findLastIndex(({ session }) => session?.pending !== pending) + 1;
      const asked = before[since];
      if (pending === null || !asked || !isOwnTransfer(ofOffer.event, asked)) return [];
      if (asked.target === call.target || !asked.applied) return [];
      // One who declined is asked again where the function died before it had settled the first time;
      // the carrier of that is on its way, and SQS takes the other one for its repeat.
      const sameBefore = before.find((state) => state.applied && state.target === asked.target);
      const askedAt = record.kills > 0 && sameBefore ? sameBefore.at : asked.at;
      const leftMs = askedAt + ofOffer.offer.acceptWithinMs - call.startedAt;
      return leftMs > onItsWayMs + clocksMs
        ? [breachOf(ofOffer, `asked ${call.target} while ${asked.target} had ${leftMs} ms left`)]
        : [];
    }),
  );
}

/** Nobody is asked once a look has shown that the offer was accepted. */
export function asksAfterAcceptance(record: RunRecord): Breach[] {
  return offerRecords(record).flatMap((ofOffer) =>
    ofOffer.transfers
      .filter((call) => {
        const before = statesUntil(ofOffer, call);
        const first = before.find((state) => isAppliedBy(ofOffer.event, state));
        const looked = before.findLast(({ by }) => by === 'look');
        if (!first || !looked || looked.at <= first.at) return false;
        const owner = looked.session?.owner;
        return (
          owner !== first.session?.owner &&
          ofOffer.offer.associateIds.some((associateId) => associateId === owner)
        );
      })
      .map(({ target }) => breachOf(ofOffer, `asked ${target} after a look had shown it accepted`)),
  );
}

/** What was so, and who had seen it, before a call left. */
const statesUntil = ({ statesOfChat }: EventRecord, call: SuperOfficeCall): SessionState[] =>
  statesOfChat.filter(({ at }) => at < call.startedAt);

/** `offers` agrees with what happened. */
export function untrueOffers(record: RunRecord): Breach[] {
  return offerRecords(record).flatMap((ofOffer) =>
    ofOffer.results.flatMap(({ result }) => {
      const { outcome, offers = [] } = result;
      const untrue = offers.filter((entry) => !isTrue(entry, ofOffer, record.tolerances.clocksMs));
      return [
        ...untrue.map(({ toAssociate, answer }) =>
          breachOf(ofOffer, `says of ${toAssociate}: "${answer}", which was not so`),
        ),
        ...(fitsOutcome(offers, outcome)
          ? []
          : [breachOf(ofOffer, `"${outcome}" does not fit its offers`)]),
      ];
    }),
  );
}

type Entry = NonNullable<RunRecord['results'][number]['result']['offers']>[number];

function fitsOutcome(offers: Entry[], outcome: string): boolean {
  const isAccepted = offers.some(({ answer }) => answer === 'accepted');
  if (isAccepted !== (outcome === 'assigned')) return false;
  const last = offers.findLast(({ askedAt }) => askedAt !== null);
  return (outcome !== 'declined' && outcome !== 'unanswered') || last?.answer === outcome;
}

function isTrue(entry: Entry, { offer, statesOfChat }: OfferRecord, clocksMs: number): boolean {
  const associateId = offer.associateIds[offer.targets.indexOf(entry.toAssociate)];
  const askedAt = momentOf(entry.askedAt);
  const endedAt = momentOf(entry.endedAt);
  const shownBy = (moment: number) =>
    statesOfChat.filter(({ at, by }) => by !== 'person' && at <= moment + clocksMs);
  const isAccepted = shownBy(endedAt).some(
    ({ at, session }) => at >= askedAt - clocksMs && session?.owner === associateId,
  );
  if (entry.askedAt === null) {
    // Asking did nothing; but they may have had the chat, or have accepted what nobody remembers.
    return entry.answer === 'accepted' ? isAccepted : answersOfNobodyAsked.includes(entry.answer);
  }
  const wasAsked = shownBy(askedAt).some(({ session }) => session?.pending === associateId);
  if (!wasAsked) return false;
  // As exactly as the moment is known: a newer wish may ask the same one at once.
  const shownAtEnd = [
    ...shownBy(endedAt - 2 * clocksMs).slice(-1),
    ...shownBy(endedAt).filter(({ at }) => at >= endedAt - clocksMs),
  ];
  switch (entry.answer) {
    case 'accepted':
      return isAccepted;
    case 'declined':
      return shownAtEnd.some(({ session }) => session?.pending === null);
    case 'unanswered':
      return (
        endedAt - askedAt >= offer.acceptWithinMs - clocksMs &&
        shownAtEnd.some(({ session }) => session?.pending === associateId)
      );
    default:
      return entry.answer === 'withdrawn' || entry.answer === 'unknown';
  }
}

const answersOfNobodyAsked = ['not-applied', 'unknown'];

/**
 * An older offer asks nobody once a newer wish of its group was told. That one may have been handed
 * out alone, between the offer and its carrier, to a sandbox that knows of neither: so only a sandbox
 * that has had the newer one, or a record that was or is in a batch with it, has to know.
 */
export function asksAfterNewer(record: RunRecord): Breach[] {
  return offerRecords(record).flatMap((ofOffer) => {
    const { event, eventsOfChat, transfers } = ofOffer;
    const newer = eventsOfChat
      .slice(eventsOfChat.indexOf(event) + 1)
      .filter(({ groupId, isInvalid }) => groupId === event.groupId && !isInvalid)
      .filter(({ isDryRun, yields }) => !isDryRun && !yields);
    return transfers.flatMap((call) =>
      newer
        .filter(({ messageId }) => isKnownTo(call, messageId, ofOffer, record))
        .map(() => breachOf(ofOffer, `asked ${call.target} after a newer event of its chat`)),
    );
  });
}

function isKnownTo(
  call: SuperOfficeCall,
  newerId: string,
  { event, invocations }: EventRecord,
  { results, invocations: all, carriers = {} }: RunRecord,
): boolean {
  const told = results.find(({ result }) => result.eventMessageId === newerId);
  if (!told || !tookItsPlace(told.result.outcome) || told.at >= call.startedAt) return false;
  const isAt = ({ sandbox, startedAt, endedAt }: RunRecord['invocations'][number]) =>
    sandbox === call.sandbox && startedAt <= call.startedAt && call.startedAt <= endedAt;
  const asking = invocations.find(isAt);
  if (asking?.messageIds.includes(newerId)) return true;
  // Of the offer itself: what else is in its message group may be other chats'.
  const records = asking?.messageIds.filter(
    (messageId) => (carriers[messageId] ?? messageId) === event.messageId,
  );
  return all.some(
    (earlier) =>
      earlier.messageIds.includes(newerId) &&
      earlier.failure === undefined &&
      earlier.endedAt <= call.startedAt &&
      ((earlier.sandbox !== undefined && earlier.sandbox === call.sandbox) ||
        records?.some((messageId) => earlier.messageIds.includes(messageId))),
  );
}

/** It was the newest of its chat, and tried. */
const tookItsPlace = (outcome: string) => outcome !== 'expired' && outcome !== 'superseded';
