import type { ResultError } from '../../contract/result.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { type Conclusion, type Said, type Saw, type SawLook, toConclusion } from './decide.ts';
import { type Offer, withAsked } from './offer.ts';

/** What an offer's event asks for. */
export type OfferWish = Readonly<{
  acceptMs: number;
  ifNobody: 'leave' | 'return-to-queue';
  pickUp: boolean;
  yields: boolean;
  /** Nobody is asked at or after this moment, epoch milliseconds: not the first, not the others. */
  firstAskBefore: number;
  askBefore: number;
}>;

/** What just happened to an offer. */
export type OfferSaw =
  | { kind: 'received' }
  /** What a look showed, or why it showed nothing. */
  | SawLook
  /**
   * How asking the next one of the list has ended, by the table of plain events, and whether one of
   * its calls may have been applied.
   */
  | { kind: 'ask-ended'; conclusion: Conclusion; perhapsApplied?: boolean }
  | { kind: 'ask-open'; error: ResultError }
  /** Null: it did not wait in the queue any more. */
  | { kind: 'picked-up'; session: ChatSession | null }
  | { kind: 'pick-up-refused'; error: ResultError }
  | { kind: 'pick-up-failed'; error: ResultError; perhapsApplied: boolean }
  | { kind: 'owner'; owner: Associate | null; session: ChatSession }
  | { kind: 'reset'; session: ChatSession | null }
  | { kind: 'reset-refused' | 'reset-failed'; error: ResultError };

/** What to do now, and what is known of the offer then. */
export type OfferStep = { offer: Offer } & (
  | { do: 'look' | 'pick-up' | 'reset' }
  /** By the table of plain events, which goes on from what was seen. */
  | { do: 'ask'; toAssociate: string; before: number; saw: Saw }
  /** Whose credential it is, which may be who has picked the chat up. */
  | { do: 'ask-owner'; session: ChatSession }
  /** Send a carrier, and be done with this receive. */
  | { do: 'carry-on' }
  | { do: 'tell'; conclusion: Conclusion }
  | { do: 'come-back'; error: ResultError }
);

/** So long after its end an offer waits for a look that tells how it ended, or to ask the next one. */
export const graceMs = 60_000;

export const tell = (offer: Offer, said: Said): OfferStep => ({
  do: 'tell',
  conclusion: toConclusion(said),
  offer,
});

/** Somebody of the list is being asked: their time begins. */
export const carryOnAsking = (
  { acceptMs }: OfferWish,
  offer: Offer,
  session: ChatSession,
  now: number,
): OfferStep => ({ do: 'carry-on', offer: withAsked(offer, session, { acceptMs, now }) });

export const sawLook = (session: ChatSession | null): Saw => ({
  kind: 'session',
  by: 'look',
  session,
});

export const isOther = <Value>(before: Value | null, now: Value | null) =>
  before !== null && now !== null && before !== now;
