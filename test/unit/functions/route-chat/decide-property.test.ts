import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decide,
  type Known,
  type Next,
  nothingKnown,
  perhapsApplied,
  type Saw,
} from '../../../../functions/route-chat/decide.ts';
import { deadline, saws, wish } from '../../../support/decide.ts';

const anyOf = (isOne: (saw: Saw) => boolean) =>
  fc.constantFrom<Saw>(...Object.values(saws).filter(isOne));

/** What each call would show, and how long it takes. */
const call = fc.record({
  transfer: anyOf((saw) => 'by' in saw && saw.by === 'transfer'),
  look: anyOf((saw) => 'by' in saw && saw.by === 'look'),
  'ask-owner': anyOf((saw) => saw.kind === 'owner'),
  takesMs: fc.constantFrom(0, 100, 5_000),
});

/** No receive of an event takes more than a look, a transfer, a look and the owner. */
const mostCalls = 4;

const receives = fc.array(
  fc.record({
    /** Another sandbox had the event in between. */
    isAfterGap: fc.boolean(),
    calls: fc.array(call, { minLength: mostCalls, maxLength: mostCalls }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What is so, kept beside what `decide` knows. */
type Facts = {
  saw: Saw;
  now: number;
  /** A call was perhaps applied. */
  isDoubtful: boolean;
  /** … and nothing was seen of the session since. */
  isUnseen: boolean;
};

function isAllowed(next: Next, { saw, now, isDoubtful, isUnseen }: Facts): boolean {
  const isLate = now >= deadline;
  const isRefused = saw.kind === 'refused' && saw.by === 'transfer';
  if (next.do === 'transfer') return !isLate;
  if (next.do === 'come-back') return !isLate || saw.kind === 'out-of-time';
  if (next.do !== 'tell') return true;
  switch (next.conclusion.outcome) {
    case 'expired':
      return isLate && !isDoubtful;
    case 'unknown':
      return isDoubtful && (isLate || (isRefused && isUnseen));
    case 'failed':
      return isRefused && !isUnseen;
    case 'not-applied':
      return saw.kind === 'owner' && !isUnseen;
    case 'transfer-pending':
    case 'assigned':
      return saw.kind === 'session' && saw.session === next.conclusion.session;
    default:
      return false;
  }
}

describe('decide', () => {
  it('keeps to deadline and truth, and comes to an end, whatever it sees', () => {
    fc.assert(
      fc.property(receives, (given) => {
        const facts: Facts = {
          saw: saws.received,
          now: deadline - 12_000,
          isDoubtful: false,
          isUnseen: false,
        };
        let known: Known = nothingKnown;

        for (const { isAfterGap, calls } of given) {
          const unmade = [...calls];
          facts.saw = saws.received;
          if (isAfterGap) {
            known = perhapsApplied(known);
            facts.isDoubtful = facts.isUnseen = true;
          }
          for (;;) {
            const next = decide(wish, known, facts.saw, facts.now);
            known = next.known;
            expect({ isAllowed: isAllowed(next, facts), next, ...facts }).toMatchObject({
              isAllowed: true,
            });
            if (next.do === 'tell') return;
            if (next.do === 'come-back') break;
            const made = unmade.shift();
            if (!made) throw new Error('It makes more calls than it may.');
            facts.saw = made[next.do];
            facts.now += made.takesMs;
            // A look that is shown no session tells nothing.
            const { saw } = facts;
            const isTold = saw.kind === 'session' && (saw.by === 'transfer' || saw.session);
            if (isTold) facts.isUnseen = false;
            if ('perhapsApplied' in facts.saw && facts.saw.perhapsApplied) {
              facts.isDoubtful = facts.isUnseen = true;
            }
          }
          facts.now += 1_000;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
