import type { RouteChatEvent } from '../../contract/event.ts';
import type { Cause, OfferAnswer, Outcome, ResultError } from '../../contract/result.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { isTarget } from './outcome.ts';

/** One whom an offer has asked, or tried to. Times are epoch milliseconds. */
export type Asked = Readonly<{
  toAssociate: string;
  /** Who that is, as SuperOffice showed it. */
  associateId: number | null;
  /** Null where asking did nothing. */
  askedAt: number | null;
  endedAt: number | null;
  /** Null as long as the question is open, which only the last one's can be. */
  answer: OfferAnswer | null;
}>;

/** How an offer is to be told once the chat is back in its queue. */
export type Ending = Readonly<{ outcome: Outcome; cause: Cause | null; error: ResultError | null }>;

/** What is known of an offer from one look to the next. It is data only: it travels in a carrier. */
export type Offer = Readonly<{
  asked: readonly Asked[];
  /** Who is to be asked next, in this order. */
  rest: readonly string[];
  /** A call of an earlier receive may have asked the next one already. */
  hasPerhapsAsked: boolean;
  /** Associate id of who had the chat when the first one was asked. */
  ownerId: number | null;
  /** The session's `whenStarted` then: a chat that is opened again has another. */
  startedAt: string | null;
  /** How many looks of the schedule are over since the last one was asked. */
  looks: number;
  lookAt: number;
  /** The end of the last one's time. */
  endsAt: number;
  /** Nobody accepted, and the chat is to go back to its queue. */
  ending: Ending | null;
  /** Whether the chat was picked up from the queue for this offer. */
  pickedUp: 'no' | 'perhaps' | 'yes';
  /** Grows where asking somebody has worked after all, so that its steps still do. None unless said. */
  detours?: number;
}>;

/** An offer that has asked nobody yet. */
export const newOffer = ({ toAssociate, fallbackAssociates = [] }: RouteChatEvent): Offer => ({
  asked: [],
  rest: [...new Set([toAssociate, ...fallbackAssociates])],
  hasPerhapsAsked: false,
  ownerId: null,
  startedAt: null,
  looks: 0,
  lookAt: 0,
  endsAt: 0,
  ending: null,
  pickedUp: 'no',
});

/** The last one who was really asked. */
export const lastAsked = ({ asked }: Offer) => asked.findLast(({ askedAt }) => askedAt !== null);

/** Somebody was really asked. */
export const hasAsked = ({ asked }: Offer) => asked.some(({ askedAt }) => askedAt !== null);

/** Grows with everything an offer does: of two records of one offer, the higher one is further. */
export const stepOf = ({ asked, ending, looks, detours = 0 }: Offer) =>
  100 * (asked.length + (ending ? 1 : 0) + 2 * detours) + looks;

/** Seconds after the question: SuperOffice's own client looks every fifteen. */
const looksAfterSeconds = (look: number) => (look === 0 ? 10 : 25 + 30 * (look - 1));

/** The next look of the schedule that is still ahead; the last one is at the end. */
export function afterLook(offer: Offer, acceptMs: number, now: number): Offer {
  const askedAt = offer.endsAt - acceptMs;
  let { looks, lookAt } = offer;
  while (lookAt <= now && lookAt < offer.endsAt) {
    looks += 1;
    lookAt = Math.min(offer.endsAt, askedAt + 1000 * looksAfterSeconds(looks));
  }
  return { ...offer, looks, lookAt };
}

/**
 * Somebody of the list is being asked: `session` shows whom. Whoever stood before them in the list is
 * not asked any more, nor the same person under another name.
 */
export function withAsked(
  offer: Offer,
  session: ChatSession,
  { acceptMs, now }: { acceptMs: number; now: number },
): Offer {
  const { transferTo, user } = session;
  const index = offer.rest.findIndex((target) => isTarget(transferTo, target));
  const endsAt = now + acceptMs;
  return {
    ...offer,
    ...(!hasAsked(offer) && {
      ownerId: user?.associateId ?? null,
      startedAt: session.whenStarted,
    }),
    hasPerhapsAsked: false,
    asked: [
      ...offer.asked,
      {
        toAssociate: offer.rest[index] ?? '',
        associateId: transferTo?.associateId ?? null,
        askedAt: now,
        endedAt: null,
        answer: null,
      },
    ],
    rest: offer.rest.slice(index + 1).filter((target) => !isTarget(transferTo, target)),
    looks: 0,
    lookAt: Math.min(endsAt, now + 1000 * looksAfterSeconds(0)),
    endsAt,
  };
}

/**
 * Whom asking did nothing for, as far as was known, is asked after all: by a call of another sandbox, or
 * by hand. Undefined where `session` shows nobody like that.
 */
export function askedAfterAll(offer: Offer, { transferTo }: ChatSession): Offer | undefined {
  const tried = offer.asked.find(
    ({ askedAt, toAssociate }) => askedAt === null && isTarget(transferTo, toAssociate),
  );
  return (
    tried && {
      ...offer,
      asked: offer.asked.filter((each) => each !== tried),
      rest: [tried.toAssociate, ...offer.rest],
      ending: null,
      detours: (offer.detours ?? 0) + 1,
    }
  );
}

/** The next one of the list did not get asked, whatever was tried. */
export function withoutAsking(offer: Offer, answer: OfferAnswer, now: number): Offer {
  const [toAssociate, ...rest] = offer.rest;
  if (toAssociate === undefined) return offer;
  const asked = { toAssociate, associateId: null, askedAt: null, endedAt: now, answer };
  return { ...offer, asked: [...offer.asked, asked], rest };
}

/**
 * Somebody of the list has the chat who did not have it at first. Whether it was by our call does not
 * matter: a call whose answer was lost, or whose carrier is another, leaves no other trace.
 */
export const hasAccepted = ({ asked, rest, ownerId }: Offer, user: Associate | null) =>
  user !== null &&
  user.associateId !== ownerId &&
  (asked.some(({ associateId }) => associateId === user.associateId) || isOneOf(rest, user));

/** Whether it is one of those whom an event names. */
export const isOneOf = (targets: readonly string[], associate: Associate | null) =>
  targets.some((target) => isTarget(associate, target));

/** The user of the session has accepted, whatever their question counted for so far. */
export function withAcceptance(offer: Offer, { user }: ChatSession, now: number): Offer {
  const index = offer.asked.findLastIndex(({ associateId }) => associateId === user?.associateId);
  if (index === -1) {
    const rest = offer.rest.filter((target) => isTarget(user, target));
    return withoutAsking({ ...withAnswer(offer, 'withdrawn', now), rest }, 'accepted', now);
  }
  const asked = offer.asked.map((each, place): Asked => {
    if (place === index) return { ...each, answer: 'accepted', endedAt: now };
    return each.answer === null ? { ...each, answer: 'withdrawn', endedAt: now } : each;
  });
  return { ...offer, asked };
}

/** The open question has its answer. */
export function withAnswer(offer: Offer, answer: OfferAnswer, now: number): Offer {
  const last = offer.asked.at(-1);
  if (!last || last.answer !== null) return offer;
  return { ...offer, asked: [...offer.asked.slice(0, -1), { ...last, answer, endedAt: now }] };
}
