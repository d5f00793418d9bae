import type { Breach } from './breach.ts';
import { type EventRecord, eventRecords } from './event-record.ts';
import {
  isOwnTransfer,
  type RunRecord,
  type SentOffer,
  type SessionState,
  type SuperOfficeCall,
} from './run-record.ts';

type OfferRecord = EventRecord & { offer: SentOffer };

const offersOf = (record: RunRecord): OfferRecord[] =>
  eventRecords(record).flatMap((ofEvent) => {
    const { offer } = ofEvent.event;
    return offer ? [{ ...ofEvent, offer }] : [];
  });

const breachOf = ({ event: { messageId } }: EventRecord, says: string): Breach => ({
  messageId,
  says,
});

/** Nobody is asked while another of the same offer is still being asked, and has time left. */
export function asksSideBySide(record: RunRecord): Breach[] {
  const { onItsWayMs, clocksMs } = record.tolerances;
  return offersOf(record).flatMap((ofOffer) =>
    ofOffer.transfers.flatMap((call) => {
      const before = statesUntil(ofOffer, call);
      const pending = before.at(-1)?.session?.pending ?? null;
      const since = before.findLastIndex(({ session }) => session?.pending !== pending) + 1;
      const asked = before[since];
      if (pending === null || !asked || !isOwnTransfer(ofOffer.event, asked)) return [];
      if (asked.target === call.target || !asked.applied) return [];
      // One who declined is asked again where the function died before it had settled the first time;
      // the carrier of that is on its way, and SQS takes the other one for its repeat.
      const sameBefore = before.find(
        (state) =>
          state.applied && isOwnTransfer(ofOffer.event, state) && state.target === asked.target,
      );
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
  return offersOf(record).flatMap((ofOffer) =>
    ofOffer.transfers
      .filter((call) => {
        const before = statesUntil(ofOffer, call);
        const first = before.find((state) => isOwnTransfer(ofOffer.event, state) && state.applied);
        const looked = before.findLast(({ by }) => by === 'look');
        const owner = looked?.session?.owner ?? null;
        const wasAcceptedThen = first !== undefined && looked !== undefined && first.at < looked.at;
        return (
          wasAcceptedThen &&
          owner !== null &&
          owner !== first.session?.owner &&
          ofOffer.offer.associateIds.includes(owner)
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
  return offersOf(record).flatMap((ofOffer) =>
    ofOffer.results.flatMap(({ result }) => {
      const asked = result.offers?.filter(({ askedAt }) => askedAt !== null) ?? [];
      const untrue = asked.filter((entry) => !isTrue(entry, ofOffer, record.tolerances.clocksMs));
      const outcomeFits =
        result.outcome === 'declined' || result.outcome === 'unanswered'
          ? asked.at(-1)?.answer === result.outcome
          : true;
      return [
        ...untrue.map(({ toAssociate, answer }) =>
          breachOf(ofOffer, `says of ${toAssociate}: "${answer}", which was not so`),
        ),
        ...(outcomeFits ? [] : [breachOf(ofOffer, `"${result.outcome}" does not fit its offers`)]),
      ];
    }),
  );
}

type Entry = NonNullable<RunRecord['results'][number]['result']['offers']>[number];

function isTrue(entry: Entry, { offer, statesOfChat }: OfferRecord, clocksMs: number): boolean {
  const associateId = offer.associateIds[offer.targets.indexOf(entry.toAssociate)];
  const askedAt = Date.parse(entry.askedAt ?? '');
  const endedAt = Date.parse(entry.endedAt ?? '');
  const shownBy = (moment: number) =>
    statesOfChat.filter(({ at, by }) => by !== 'person' && at <= moment + clocksMs);
  const wasAsked = shownBy(askedAt).some(({ session }) => session?.pending === associateId);
  if (!wasAsked) return false;
  // As exactly as the moment is known: a newer wish may ask the same one at once.
  const shownAtEnd = [
    ...shownBy(endedAt - 2 * clocksMs).slice(-1),
    ...shownBy(endedAt).filter(({ at }) => at >= endedAt - clocksMs),
  ];
  switch (entry.answer) {
    case 'accepted':
      return shownBy(endedAt).some(({ session }) => session?.owner === associateId);
    case 'declined':
      return shownAtEnd.some(({ session }) => session?.pending !== associateId);
    case 'unanswered':
      return endedAt - askedAt >= offer.acceptWithinMs - clocksMs;
    default:
      return entry.answer === 'withdrawn' || entry.answer === 'unknown';
  }
}

/**
 * An older offer asks nobody once a newer wish of its group was told. That one may have been handed
 * out alone, between the offer and its carrier, to a sandbox that knows of neither: so only a sandbox
 * that has had the newer one, or a record that was in a batch with it, has to know.
 */
export function asksAfterNewer(record: RunRecord): Breach[] {
  return offersOf(record).flatMap((ofOffer) => {
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
  // Of the offer itself: what else is in its message group may be other chats'.
  const records = (asking?.messageIds ?? []).filter(
    (messageId) => (carriers[messageId] ?? messageId) === event.messageId,
  );
  return all.some(
    (earlier) =>
      earlier.messageIds.includes(newerId) &&
      earlier.failure === undefined &&
      earlier.endedAt <= call.startedAt &&
      ((earlier.sandbox !== undefined && earlier.sandbox === call.sandbox) ||
        records.some((messageId) => earlier.messageIds.includes(messageId))),
  );
}

/** It was the newest of its chat, and tried. */
const tookItsPlace = (outcome: string) => outcome !== 'expired' && outcome !== 'superseded';
