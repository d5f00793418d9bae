import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { type Conclusion, type Said, toConclusion } from './decide.ts';
import {
  type Asked,
  hasAccepted,
  hasAsked,
  lastAsked,
  type Offer,
  withAcceptance,
  withoutAsking,
} from './offer.ts';
import {
  carryOnAsking,
  graceMs,
  type OfferSaw,
  type OfferStep,
  type OfferWish,
  sawLook,
  tell,
} from './offer-step.ts';
import { signOf } from './outcome.ts';

/** The question before has its answer, or could not be asked: who is asked next, if anybody. */
export function askNext(
  wish: OfferWish,
  offer: Offer,
  met: Partial<Conclusion>,
  now: number,
): OfferStep {
  const [toAssociate] = offer.rest;
  const { session = null } = met;
  const before = hasAsked(offer)
    ? Math.min(wish.askBefore, offer.endsAt + graceMs)
    : wish.firstAskBefore;
  if (toAssociate === undefined || now >= before) return nobodyLeft(wish, offer, met, now);
  if (signOf(session, toAssociate) === 'assigned') {
    return tell(withoutAsking(offer, 'accepted', now), { outcome: 'assigned', session });
  }
  const saw = session ? sawLook(session) : ({ kind: 'received' } as const);
  return { do: 'ask', toAssociate, before, saw, offer };
}

/** How asking the next one of the list has ended. */
export function askEnded(wish: OfferWish, offer: Offer, saw: OfferSaw, now: number): OfferStep {
  if (saw.kind === 'ask-open') return { do: 'come-back', error: saw.error, offer };
  if (saw.kind !== 'ask-ended') throw new TypeError(`An offer does not expect ${saw.kind} here.`);
  const { conclusion } = saw;
  const { outcome, cause, session } = conclusion;
  switch (outcome) {
    case 'transfer-pending':
      if (session) return carryOnAsking(wish, offer, session, now);
      break;
    case 'assigned':
      return tell(withoutAsking(offer, 'accepted', now), conclusion);
    case 'not-applied':
      // Accepted between the look and this call.
      if (session && hasAsked(offer) && hasAccepted(offer, session.user)) {
        return accepted(offer, session, now);
      }
      if (cause === 'unclear' || isOwnQuestion(offer, conclusion)) break;
      return tell(
        withoutAsking(offer, 'not-applied', now),
        hasAsked(offer) && isByAnother(cause)
          ? { ...conclusion, cause: 'taken-by-another' }
          : conclusion,
      );
    case 'failed':
      break;
    case 'expired': {
      // Said only where surely nothing was applied: nobody of the list asked, the chat not picked up.
      const isDoubtful =
        offer.pickedUp === 'perhaps' || offer.asked.some(({ answer }) => answer === 'unknown');
      return nobodyLeft(
        wish,
        offer,
        isDoubtful ? { ...conclusion, outcome: 'unknown' } : conclusion,
        now,
      );
    }
    default:
      return tell(withoutAsking(offer, 'unknown', now), conclusion);
  }
  const answer = saw.perhapsApplied ? 'unknown' : 'not-applied';
  return askNext(wish, withoutAsking(offer, answer, now), conclusion, now);
}

/**
 * The last one who was asked, if what is pending is still that question, its time over or not. Who is
 * asked once more after a no is asked by somebody else.
 */
export function stillAsked(offer: Offer, transferTo: Associate): Asked | undefined {
  const last = lastAsked(offer);
  const isAsked = last?.associateId === transferTo.associateId && last.answer !== 'declined';
  return isAsked ? last : undefined;
}

/** Asking did nothing: what is pending is the question to the one before. */
const isOwnQuestion = (offer: Offer, { cause, session }: Conclusion) =>
  cause === 'other-transfer-pending' &&
  session?.transferTo != null &&
  stillAsked(offer, session.transferTo) !== undefined;

const isByAnother = (cause: Conclusion['cause']) =>
  cause === 'other-transfer-pending' || cause === 'owned-by-another';

/** An offer ends with the answer of the last one who was asked, or with what asking met. */
function nobodyLeft(
  wish: OfferWish,
  offer: Offer,
  met: Partial<Conclusion>,
  now: number,
): OfferStep {
  const { session = null, error = null } = met;
  const answer = lastAsked(offer)?.answer;
  const said: Said =
    answer === 'declined' || answer === 'unanswered'
      ? { outcome: answer, error }
      : { outcome: 'unknown', ...met };
  const isOurs = hasAsked(offer) || offer.pickedUp === 'yes';
  if (wish.ifNobody === 'leave' || !isOurs) return tell(offer, { ...said, session });
  const { outcome, cause } = toConclusion(said);
  return { do: 'carry-on', offer: { ...offer, ending: { outcome, cause, error }, lookAt: now } };
}

export const accepted = (offer: Offer, session: ChatSession, now: number): OfferStep =>
  tell(withAcceptance(offer, session, now), { outcome: 'assigned', session });
