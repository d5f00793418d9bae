import type { Cause, Outcome, ResultError } from '../../contract/result.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { Offer } from './offer.ts';
import { causeOf, isEnded, isTarget, signOf } from './outcome.ts';
import { interrupted } from './result-errors.ts';

/** What is known of one event. It outlives a receive in the memory of the sandbox. */
export type Known = Readonly<{
  /** A transfer call of this event may have been applied without SuperOffice saying so. */
  perhapsApplied: boolean;
  /** What SuperOffice showed after the last call that may have been applied; undefined: not seen. */
  seen: ChatSession | null | undefined;
  /** Associate id of who was asked when this event last looked; null: nobody; undefined: no look. */
  askedBefore: number | null | undefined;
  /** The last word on why there is no result yet. */
  error: ResultError | null;
}>;

export const nothingKnown: Known = {
  perhapsApplied: false,
  seen: undefined,
  askedBefore: undefined,
  error: null,
};

/** What just happened. */
export type Saw =
  | { kind: 'received' }
  /** 200 to a transfer or a look: the session as it is; null where SuperOffice shows none. */
  | { kind: 'session'; by: 'transfer' | 'look'; session: ChatSession | null }
  /** SuperOffice will say the same again. */
  | { kind: 'refused'; by: 'transfer' | 'look'; error: ResultError }
  | { kind: 'failed'; by: 'transfer'; error: ResultError; perhapsApplied: boolean }
  | { kind: 'failed'; by: 'look'; error: ResultError; perhapsApplied?: never }
  /** Nothing was asked, since this invocation ends too soon. */
  | { kind: 'out-of-time'; by: 'look'; error: ResultError }
  /** Whose credential it is; null where that cannot be had. */
  | { kind: 'owner'; owner: Associate | null };

/** What a look tells a table. */
export type SawLook = Extract<Saw, { by: unknown }> & { by: 'look' };

/** What became of an event, in the words of its result. */
export type Conclusion = Readonly<{
  outcome: Outcome;
  cause: Cause | null;
  session: ChatSession | null;
  actingAs: Associate | null;
  error: ResultError | null;
  /** Only of an offer, and only where it is known. */
  offer?: Offer;
}>;

/** As much of a conclusion as there is to say. */
export type Said = Pick<Conclusion, 'outcome'> & Partial<Conclusion>;

/** A conclusion, and when it was so: epoch milliseconds. Its result may leave much later. */
export type Concluded = Readonly<{ conclusion: Conclusion; at: number }>;

/** What to do now, and what is known then. */
export type Next = { known: Known } & (
  | { do: 'transfer' | 'look' | 'ask-owner' }
  | { do: 'tell'; conclusion: Conclusion }
  /** No result yet: the event goes back to its queue. */
  | { do: 'come-back'; error: ResultError }
);

export type Wish = Readonly<{
  toAssociate: string;
  deadline: number;
  /** Looks before its first transfer, too, and goes over nobody who is asked. */
  yields?: boolean | undefined;
}>;

/**
 * For so long after its deadline an event is looked at. One look is enough, where the function lives:
 * by then it has died of looking, and would again. So one that kills it ends in minutes, which no
 * receive count could tell from one that is only retried.
 */
export const lookForMs = 120_000;

/**
 * The table of outcomes: what is known, what was seen, the time → what to do. The
 * newest wish wins, in time or not at all, and nothing is called done that SuperOffice does not show.
 */
export function decide(wish: Wish, known: Known, saw: Saw, now: number): Next {
  const isLate = now >= wish.deadline;
  switch (saw.kind) {
    case 'received':
      if (known.perhapsApplied) {
        return now < wish.deadline + lookForMs ? { do: 'look', known } : unknown(known);
      }
      if (isLate) return expired(known);
      return { do: wish.yields ? 'look' : 'transfer', known };

    case 'session':
      return saw.by === 'transfer'
        ? transferAnswered(wish, known, saw.session)
        : looked(wish, known, saw.session, isLate);

    case 'refused':
      // A transfer may be allowed where reading is not, and its answer tells more.
      if (saw.by === 'look' && !wish.yields) {
        return isLate ? unknown(known) : { do: 'transfer', known };
      }
      return isUnseen(known)
        ? unknown({ ...known, error: saw.error })
        : tell(known, { outcome: 'failed', error: saw.error });

    case 'failed': {
      const called = saw.perhapsApplied ? perhapsApplied(known) : known;
      const after = { ...called, error: saw.error };
      if (!isLate) return { do: 'come-back', error: saw.error, known: after };
      if (!after.perhapsApplied) return expired(after);
      return saw.by === 'transfer' && isUnseen(after)
        ? { do: 'look', known: after }
        : unknown(after);
    }

    case 'out-of-time':
      return { do: 'come-back', error: known.error ?? saw.error, known };

    case 'owner': {
      const session = known.seen ?? null;
      const cause = causeOf(session, saw.owner);
      return tell(known, { outcome: 'not-applied', cause, session, actingAs: saw.owner });
    }
  }
}

/** A 200 to a transfer is the last word, whatever it shows. */
function transferAnswered(wish: Wish, known: Known, session: ChatSession | null): Next {
  const after = { ...known, seen: session };
  const sign = signOf(session, wish.toAssociate);
  return sign ? tell(after, { outcome: sign, session }) : { do: 'ask-owner', known: after };
}

function looked(wish: Wish, known: Known, session: ChatSession | null, isLate: boolean): Next {
  // Where no session is shown, a look tells neither what came of a call nor who is asked.
  if (session === null) {
    if (wish.yields) return { do: 'ask-owner', known: { ...known, seen: null } };
    return isLate ? unknown(known) : { do: 'transfer', known };
  }
  const askedNow = session.transferTo?.associateId ?? null;
  const after = { ...known, seen: session, askedBefore: askedNow };
  // Nobody whom an event that yields has not asked itself is being asked for it.
  const isForeign = wish.yields && session.transferTo !== null && !known.perhapsApplied;
  if (isForeign) return { do: 'ask-owner', known: after };
  const sign = signOf(session, wish.toAssociate);
  if (sign) return tell(after, { outcome: sign, session });
  if (isEnded(session)) return { do: 'ask-owner', known: after };
  if (session.transferTo && !isTarget(session.transferTo, wish.toAssociate)) {
    // Somebody else is asked. Who was asked between two looks of ours is a newer wish, and stays.
    const isNewer = known.askedBefore !== undefined && known.askedBefore !== askedNow;
    if (isNewer || isLate || wish.yields) return { do: 'ask-owner', known: after };
  }
  if (!isLate) return { do: 'transfer', known: after };
  return after.perhapsApplied ? unknown(after) : expired(after);
}

const isUnseen = ({ perhapsApplied, seen }: Known) => perhapsApplied && seen === undefined;

/** What was seen before such a call says nothing of what came of it. */
export const perhapsApplied = (known: Known): Known => ({
  ...known,
  perhapsApplied: true,
  seen: undefined,
});

const expired = (known: Known) => tell(known, { outcome: 'expired', error: known.error });

const unknown = (known: Known) =>
  tell(known, {
    outcome: 'unknown',
    error: known.error ?? interrupted,
    session: known.seen ?? null,
  });

const tell = (known: Known, said: Said): Next => ({
  do: 'tell',
  conclusion: toConclusion(said),
  known,
});

/** A conclusion from what there is to say; the rest is null. */
export const toConclusion = (said: Said): Conclusion => ({
  cause: null,
  session: null,
  actingAs: null,
  error: null,
  ...said,
});
