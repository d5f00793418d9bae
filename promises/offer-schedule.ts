import type { Breach } from './breach.ts';
import { type OfferRecord, offerRecords } from './event-record.ts';
import { momentOf, type RunRecord } from './run-record.ts';

/** A newer wish, and an offer that has to look, wait for a carrier that is not due. */
const holdMs = 5_000;

/** Looks at 10 s and 25 s, then every 30 s, and one at the end. */
const looksWithin = (milliseconds: number) =>
  [10_000, 25_000].filter((at) => at < milliseconds).length +
  Math.max(0, Math.ceil((milliseconds - 55_000) / 30_000)) +
  1;

/** At most the looks of the schedule: counted where nothing else looks at the chat, and nothing fails. */
export function looksBeyondSchedule(record: RunRecord): Breach[] {
  return undisturbed(record).flatMap(({ event, offer, callsOfChat, results }) => {
    const [first] = results;
    if (!first) return [];
    const asked = first.result.offers?.filter(({ askedAt }) => askedAt !== null).length ?? 0;
    const looks = callsOfChat.filter(({ route }) => route === 'session').length;
    // Before the first one is asked, and before the chat is put back.
    const most = asked * looksWithin(offer.acceptWithinMs) + 2;
    return looks > most
      ? [{ messageId: event.messageId, says: `looked ${looks} times, not ${most}` }]
      : [];
  });
}

/** An offer that is left alone ends within five seconds of its time, where nothing fails. */
export function offersThatEndLate(record: RunRecord): Breach[] {
  return undisturbed(record).flatMap(({ event, offer, results }) =>
    results.flatMap(({ result: { offers = [] } }) =>
      offers
        .filter(({ answer }) => answer === 'unanswered')
        .map(({ askedAt, endedAt }) => momentOf(endedAt) - momentOf(askedAt) - offer.acceptWithinMs)
        .filter((lateMs) => lateMs > holdMs + record.tolerances.onItsWayMs + slackMs)
        .map((lateMs) => ({
          messageId: event.messageId,
          says: `ended ${lateMs} ms after its time`,
        })),
    ),
  );
}

/** A second that SQS rounds up to, and a slot of the pace. */
const slackMs = 2_000;

/** Offers that have their chat for themselves, in a run where every call goes well. */
function undisturbed(record: RunRecord): OfferRecord[] {
  const isCalm =
    record.kills === 0 &&
    record.isCalm === true &&
    record.calls.every(({ status, fault = 'ok' }) => status === 200 && fault === 'ok');
  if (!isCalm) return [];
  return offerRecords(record).filter(({ eventsOfChat }) => eventsOfChat.length === 1);
}
