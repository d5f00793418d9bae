import { type Known, type Next, type Saw, toConclusion, type Wish } from './decide.ts';
import { causeOf, signOf } from './outcome.ts';
import { ownerNotKnown } from './result-errors.ts';

/** What a dry run asks for besides: a chat in the queue would be picked up. */
export type DryRunWish = Wish & Readonly<{ pickUp?: boolean | undefined }>;

/** The table of dry runs: what is so, and what a transfer would meet. None is ever made. */
export function decideDryRun(wish: DryRunWish, known: Known, saw: Saw, now: number): Next {
  const tell = (said: Parameters<typeof toConclusion>[0]): Next => ({
    do: 'tell',
    conclusion: toConclusion(said),
    known,
  });
  const comeBack = (error: NonNullable<Known['error']>): Next =>
    now < wish.deadline
      ? { do: 'come-back', error, known: { ...known, error } }
      : tell({ outcome: 'expired', error });

  switch (saw.kind) {
    case 'received':
      if (now >= wish.deadline) return tell({ outcome: 'expired', error: known.error });
      return { do: 'look', known };
    case 'session': {
      const { session } = saw;
      const sign = signOf(session, wish.toAssociate);
      return sign
        ? tell({ outcome: sign, session })
        : { do: 'ask-owner', known: { ...known, seen: session } };
    }
    case 'owner': {
      const { owner } = saw;
      const session = known.seen ?? null;
      // Whoever is asked would be gone over, but by an event that yields.
      const met = session && !wish.yields ? { ...session, transferTo: null } : session;
      const cause = causeOf(met, owner);
      const wouldPickUp = cause === 'in-queue' && wish.pickUp;
      if (cause !== 'unclear' && !wouldPickUp) {
        return tell({ outcome: 'not-applied', cause, session, actingAs: owner });
      }
      if (owner === null && !wouldPickUp) return comeBack(ownerNotKnown);
      return tell({ outcome: 'would-transfer', session, actingAs: owner });
    }
    case 'refused':
      return tell({ outcome: 'failed', error: saw.error });
    case 'failed':
    case 'out-of-time':
      return comeBack(saw.error);
  }
}
