import type { ResultError } from '../../contract/result.ts';
import { toConclusion } from '../../functions/route-chat/decide.ts';
import type { Asked, Offer } from '../../functions/route-chat/offer.ts';
import type { OfferSaw, OfferStep, OfferWish } from '../../functions/route-chat/offer-step.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { ann, router } from './associates.ts';
import { chatSession } from './chat-session.ts';
import { startOfTime } from './virtual-clock.ts';

/** Who is asked after ann and ben. */
export const cho = { associateId: 10, ejUserId: 110, name: 'cho', userName: null };
/** Whom no offer names. */
export const eli = { associateId: 12, ejUserId: 112, name: 'eli', userName: null };

/** When ann was asked, in an offer that runs. */
export const askedAt = startOfTime;
export const acceptMs = 60_000;
export const endsAt = askedAt + acceptMs;

export const wish: OfferWish = {
  acceptMs,
  ifNobody: 'leave',
  pickUp: false,
  yields: false,
  firstAskBefore: startOfTime + 300_000,
  askBefore: Number.POSITIVE_INFINITY,
};

export const askedAnn: Asked = {
  toAssociate: '8',
  associateId: ann.associateId,
  askedAt,
  endedAt: null,
  answer: null,
};

/** Ann was asked, ben and cho come after her. */
export const running: Offer = {
  asked: [askedAnn],
  rest: ['9', 'cho'],
  hasPerhapsAsked: false,
  ownerId: router.associateId,
  startedAt: chatSession().whenStarted,
  looks: 0,
  lookAt: askedAt + 10_000,
  endsAt,
  ending: null,
  pickedUp: 'no',
};

/** Nobody was asked yet. */
export const starting: Offer = {
  ...running,
  asked: [],
  rest: ['8', '9', 'cho'],
  ownerId: null,
  startedAt: null,
  lookAt: 0,
  endsAt: 0,
};

export const look = (given: Partial<ChatSession> | null): OfferSaw => ({
  kind: 'session',
  by: 'look',
  session: given && chatSession(given),
});

export const error: ResultError = { code: 'unavailable', message: 'Away.', httpStatus: 503 };
export const failed: OfferSaw = { kind: 'failed', by: 'look', error };
export const refused: OfferSaw = { kind: 'refused', by: 'look', error };
export const noTime: OfferSaw = { kind: 'out-of-time', by: 'look', error };
export const received: OfferSaw = { kind: 'received' };

/** After ten seconds, when the first look is due. */
export const firstLook = askedAt + 10_000;
export const nobodyAsked = {};
export const annAsked = { transferTo: ann };

/** A step in few words: what is done, whom is asked, what is told, and who was asked by then. */
export function inWords(step: OfferStep): string {
  const { asked } = step.offer;
  const answers = asked.map(({ toAssociate, answer }) => `${toAssociate} ${answer ?? 'asked'}`);
  const what = () => {
    switch (step.do) {
      case 'ask':
        return `ask ${step.toAssociate}`;
      case 'tell': {
        const { outcome, cause } = step.conclusion;
        return cause ? `${outcome} (${cause})` : outcome;
      }
      default:
        return step.do;
    }
  };
  return [what(), ...answers].join(', ');
}

export type Row = [
  name: string,
  offer: Offer,
  saw: OfferSaw,
  now: number,
  says: string,
  wishes?: Partial<OfferWish>,
];

export const noted = (...asked: Partial<Asked>[]) =>
  asked.map((each) => ({ ...askedAnn, ...each }));
export const bensTurn: Offer = {
  ...running,
  asked: noted({ answer: 'declined', endedAt: firstLook }, { toAssociate: '9', associateId: 9 }),
  rest: [],
};

/** How asking the next one ended. */
export const asked = (session: Partial<ChatSession> | null, said: object = {}): OfferSaw => ({
  kind: 'ask-ended',
  conclusion: toConclusion({
    outcome: 'transfer-pending',
    session: session && chatSession(session),
    ...said,
  }),
});
export const notApplied = (cause: string, session: Partial<ChatSession> | null = {}) =>
  asked(session, { outcome: 'not-applied', cause });
export const refusedAsk: OfferSaw = {
  kind: 'ask-ended',
  conclusion: toConclusion({ outcome: 'failed', error }),
};
export const expiredAsk: OfferSaw = {
  kind: 'ask-ended',
  conclusion: toConclusion({ outcome: 'expired', error }),
};
export const unknownAsk: OfferSaw = {
  kind: 'ask-ended',
  conclusion: toConclusion({ outcome: 'unknown', error }),
};
export const declined: Offer = {
  ...running,
  asked: noted({ answer: 'declined', endedAt: firstLook }),
};
