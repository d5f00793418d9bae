import type { Cause, OfferAnswer } from '../../contract/result.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { accepted, askEnded, askNext, stillAsked } from './ask-next.ts';
import { lookForMs, type Said, type Saw } from './decide.ts';
import {
  afterLook,
  askedAfterAll,
  type Ending,
  hasAccepted,
  hasAsked,
  isOneOf,
  type Offer,
  withAnswer,
} from './offer.ts';
import {
  carryOnAsking,
  graceMs,
  isOther,
  type OfferSaw,
  type OfferStep,
  type OfferWish,
  sawLook,
  tell,
} from './offer-step.ts';
import { isEnded } from './outcome.ts';
import { interrupted } from './result-errors.ts';

/**
 * The table of offers: what is known, what was seen, the time → look, ask, put back, carry on, tell,
 * come back. Nobody is asked but after a look that shows that the one before has said no, or that
 * their time is over.
 */
export function decideOffer(wish: OfferWish, offer: Offer, saw: OfferSaw, now: number): OfferStep {
  if (offer.ending) return ending(wish, offer, offer.ending, saw, now);
  return hasAsked(offer) ? running(wish, offer, saw, now) : starting(wish, offer, saw, now);
}

/** Nobody was asked yet, as far as is known. */
function starting(wish: OfferWish, offer: Offer, saw: OfferSaw, now: number): OfferStep {
  const ask = (seen: Saw): OfferStep => ({
    do: 'ask',
    toAssociate: offer.rest[0] ?? '',
    before: wish.firstAskBefore,
    saw: seen,
    offer,
  });
  const isInTime = now < wish.firstAskBefore;
  switch (saw.kind) {
    case 'received': {
      const hasPerhapsCalled =
        (offer.hasPerhapsAsked || offer.pickedUp === 'perhaps') &&
        now < wish.firstAskBefore + lookForMs;
      const looksFirst = wish.yields || (wish.pickUp && offer.pickedUp === 'no');
      return hasPerhapsCalled || (looksFirst && isInTime) ? { do: 'look', offer } : ask(saw);
    }
    case 'session': {
      const { session } = saw;
      if (session && offer.hasPerhapsAsked && isOneOf(offer.rest, session.transferTo)) {
        return carryOnAsking(wish, offer, session, now);
      }
      // Either it was picked up, or accepted, by a call that is not remembered.
      const isDoubtful = offer.pickedUp === 'perhaps' || hasPerhapsAccepted(offer, session);
      if (session?.user && isDoubtful) return { do: 'ask-owner', session, offer };
      if (session === null || !isInQueue(session)) return ask(saw);
      const waiting = withoutPickUp(offer);
      const step = wish.pickUp && isInTime ? ({ do: 'pick-up' } as const) : ask(saw);
      return { ...step, offer: waiting };
    }
    case 'owner': {
      const { session } = saw;
      const isOwn = session.user?.associateId === saw.owner?.associateId;
      if (!isOwn && hasPerhapsAccepted(offer, session)) return accepted(offer, session, now);
      const step = ask(sawLook(session));
      if (offer.pickedUp !== 'perhaps' || saw.owner === null) return step;
      return { ...step, offer: isOwn ? withPickUp(offer, session) : withoutPickUp(offer) };
    }
    case 'picked-up':
      return saw.session
        ? { ...ask(sawLook(saw.session)), offer: withPickUp(offer, saw.session) }
        : ask({ kind: 'received' });
    case 'pick-up-refused':
      return tell(offer, { outcome: 'failed', error: saw.error });
    case 'pick-up-failed': {
      const pickedUp = saw.perhapsApplied ? 'perhaps' : offer.pickedUp;
      return { do: 'come-back', error: saw.error, offer: { ...offer, pickedUp } };
    }
    case 'refused':
    case 'failed':
    case 'out-of-time':
      return ask(saw);
    default:
      return askEnded(wish, offer, saw, now);
  }
}

const hasPerhapsAccepted = ({ hasPerhapsAsked, rest }: Offer, session: ChatSession | null) =>
  hasPerhapsAsked && session !== null && isOneOf(rest, session.user);

const withPickUp = (offer: Offer, { user, whenStarted }: ChatSession): Offer => ({
  ...offer,
  pickedUp: 'yes',
  ownerId: user?.associateId ?? null,
  startedAt: whenStarted,
});

/** A call that was perhaps applied was not: the chat waits in the queue, or is another's. */
const withoutPickUp = (offer: Offer): Offer =>
  offer.pickedUp === 'perhaps' ? { ...offer, pickedUp: 'no' } : offer;

const isInQueue = (session: ChatSession) =>
  session.user === null && !session.chatbotIsActive && !isEnded(session);

/** Somebody is being asked, or was until a moment ago. */
function running(wish: OfferWish, offer: Offer, saw: OfferSaw, now: number): OfferStep {
  switch (saw.kind) {
    case 'received':
      return now < offer.endsAt + lookForMs
        ? { do: 'look', offer }
        : tell(withAnswer(offer, 'unknown', now), { outcome: 'unknown', error: interrupted });
    case 'session':
      return seen(wish, offer, saw.session, now);
    case 'refused':
      // It will be refused again; the next look of the schedule is for whoever mends that.
      return now < offer.endsAt
        ? { do: 'carry-on', offer: afterLook(offer, wish.acceptMs, now) }
        : tell(withAnswer(offer, 'unknown', now), { outcome: 'unknown', error: saw.error });
    case 'failed':
    case 'out-of-time': {
      if (now >= offer.endsAt + graceMs) {
        return tell(withAnswer(offer, 'unknown', now), { outcome: 'unknown', error: saw.error });
      }
      // A carrier that is received too often becomes a dead letter: each look has one of its own.
      const next = afterLook(offer, wish.acceptMs, now);
      const isOverdue = next.looks > offer.looks + 1;
      return isOverdue
        ? { do: 'carry-on', offer: next }
        : { do: 'come-back', error: saw.error, offer };
    }
    default:
      return askEnded(wish, offer, saw, now);
  }
}

/** What a look shows of a running offer: the first that fits. */
function seen(wish: OfferWish, offer: Offer, session: ChatSession | null, now: number): OfferStep {
  const end = (cause: Cause, answer: OfferAnswer = 'withdrawn') =>
    tell(withAnswer(offer, answer, now), { outcome: 'not-applied', cause, session });
  if (session === null) return end('no-session');
  const { user, transferTo, whenStarted } = session;
  if (hasAccepted(offer, user)) return accepted(offer, session, now);
  if (isEnded(session) || isOther(offer.startedAt, whenStarted)) return end('ended');
  if (session.chatbotIsActive) return end('chatbot-active');

  const hasNewOwner = user !== null && isOther(offer.ownerId, user.associateId);
  if (transferTo) {
    // Whose time is over may stay asked while the next one cannot be.
    const last = stillAsked(offer, transferTo);
    if (last) {
      if (last.answer === null && now < offer.endsAt) {
        return { do: 'carry-on', offer: afterLook(offer, wish.acceptMs, now) };
      }
      if (hasNewOwner) return end('taken-by-another', 'unanswered');
      return askNext(wish, withAnswer(offer, 'unanswered', now), { session }, now);
    }
    // Asked by a call of ours whose answer was lost, or by hand: the offer goes on from there.
    const open = askedAfterAll(offer, session) ?? offer;
    return isOneOf(open.rest, transferTo)
      ? carryOnAsking(wish, withAnswer(open, 'withdrawn', now), session, now)
      : end('taken-by-another');
  }
  if (user === null) return end('in-queue');
  if (hasNewOwner) return end('taken-by-another');
  return askNext(wish, withAnswer(offer, 'declined', now), { session }, now);
}

/** Nobody accepted: the chat is put back into its queue, if it is still where it was. */
function ending(
  wish: OfferWish,
  offer: Offer,
  said: Ending,
  saw: OfferSaw,
  now: number,
): OfferStep {
  switch (saw.kind) {
    case 'received':
      return { do: 'look', offer };
    case 'session': {
      const { session } = saw;
      if (session && hasAccepted(offer, session.user)) return accepted(offer, session, now);
      const open = session && askedAfterAll(offer, session);
      if (open) return carryOnAsking(wish, open, session, now);
      return session && isAsLeft(offer, session)
        ? { do: 'reset', offer }
        : tell(offer, { ...said, session });
    }
    case 'reset':
      return tell(offer, { ...said, session: saw.session });
    case 'refused':
    case 'reset-refused':
      return tell(offer, { ...said, error: saw.error });
    case 'failed':
    case 'out-of-time':
    case 'reset-failed':
      return now < offer.lookAt + graceMs
        ? { do: 'come-back', error: saw.error, offer }
        : tell(offer, { ...said, error: saw.error });
    default:
      throw new TypeError(`An offer that ends does not expect ${saw.kind}.`);
  }
}

/** The owner still has it, not opened again, and nobody is asked but whose time is over. */
function isAsLeft(offer: Offer, session: ChatSession): boolean {
  const { user, transferTo, whenStarted } = session;
  const isAlone = transferTo === null || stillAsked(offer, transferTo) !== undefined;
  const isSame = !isEnded(session) && !isOther(offer.startedAt, whenStarted);
  const isOwners = user !== null && !isOther(offer.ownerId, user.associateId);
  return isSame && isOwners && isAlone && !session.chatbotIsActive;
}

/**
 * Another event goes before it: the offer ends, but one that was accepted is told so.
 * @param said what it is told otherwise
 * @param mayWait there is time for another look before the other one has to go ahead
 */
export function decideSuperseded(
  offer: Offer,
  saw: OfferSaw,
  { said: otherwise, now, mayWait }: { said: Said; now: number; mayWait: boolean },
): OfferStep {
  const said = offer.ending ?? otherwise;
  switch (saw.kind) {
    case 'received':
      return { do: 'look', offer };
    case 'session': {
      const { session } = saw;
      if (session && hasAccepted(offer, session.user)) return accepted(offer, session, now);
      const hasDeclined =
        session?.transferTo === null && session.user?.associateId === offer.ownerId;
      const isKnown = hasDeclined || said.outcome !== 'unknown';
      const answer = hasDeclined ? 'declined' : 'withdrawn';
      return tell(withAnswer(offer, isKnown ? answer : 'unknown', now), { ...said, session });
    }
    case 'failed':
    case 'out-of-time':
      if (mayWait) return { do: 'come-back', error: saw.error, offer };
  }
  const error = 'error' in saw ? saw.error : null;
  return tell(withAnswer(offer, 'unknown', now), { ...said, error });
}
