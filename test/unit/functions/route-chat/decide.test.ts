import { describe, expect, it } from '@jest/globals';
import { type Outcome, outcomes } from '../../../../contract/result.ts';
import {
  type Conclusion,
  decide,
  type Known,
  lookForMs,
  type Next,
  nothingKnown,
  toConclusion,
} from '../../../../functions/route-chat/decide.ts';
import { interrupted } from '../../../../functions/route-chat/result-errors.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import {
  conflict,
  deadline,
  knowns,
  saws,
  sessions,
  throttled,
  timeout,
  unavailable,
  wish,
} from '../../../support/decide.ts';

const early = 'before the deadline';
const late = 'at the deadline';
const always = 'before the deadline or at it';
const over = 'minutes after the deadline';
const moments = {
  [early]: [deadline - 1],
  [late]: [deadline, deadline + lookForMs - 1],
  [always]: [deadline - 1, deadline],
  [over]: [deadline + lookForMs],
};

/** What is to be done; where that is to tell a result, its outcome. */
type Does = Exclude<Next['do'], 'tell'> | Outcome;
/** What the result says besides, or why the event comes back; `knows` is what is new then. */
type Says = Partial<Conclusion> & { knows?: Partial<Known> };
type Row = [keyof typeof knowns, keyof typeof saws, keyof typeof moments, Does, Says?];

const isOutcome = (does: Does): does is Outcome => outcomes.includes(does as Outcome);

const annAsked = sessions['ann asked'];
const annHasIt = sessions['ann has it'];
const nobodyAsked = sessions['nobody asked'];
const benAsked = sessions['ben asked'];
const sawNobody = { knows: { seen: nobodyAsked, askedBefore: null } };
const sawBen = { knows: { seen: benAsked, askedBefore: ben.associateId } };
const sawEnd = { knows: { seen: sessions.ended, askedBefore: ann.associateId } };
const sawEndAndBen = { knows: { ...sawBen.knows, seen: sessions['ended, ben asked'] } };
const sawAnnAndBen = { knows: { seen: sessions['ann has it, ben asked'] } };
/** No session, where ben was asked before: he still counts as asked. */
const sawNothing = { knows: { seen: undefined, askedBefore: ben.associateId } };
/** Whatever was seen before says nothing of what came of this call. */
const lost = { knows: { perhapsApplied: true, error: timeout, seen: undefined } };
const notMade = { knows: { error: throttled } };

const rows: Row[] = [
  ['untried', 'received', early, 'transfer'],
  ['untried', 'received', late, 'expired'],
  ['not applied', 'received', early, 'transfer'],
  ['not applied', 'received', late, 'expired', { error: throttled }],
  ['lost', 'received', always, 'look'],
  ['lost by one that died', 'received', always, 'look'],
  ['lost, then seen', 'received', always, 'look'],
  ['untried', 'received', over, 'expired'],
  ['lost', 'received', late, 'look'],
  ['lost', 'received', over, 'unknown', { error: timeout }],
  ['lost by one that died', 'received', over, 'unknown', { error: interrupted }],
  ['lost, then seen', 'received', over, 'unknown', { error: timeout, session: nobodyAsked }],

  ['untried', 'transfer: ann asked', always, 'transfer-pending', { session: annAsked }],
  ['untried', 'transfer: ann has it', always, 'assigned', { session: annHasIt }],
  ['lost', 'transfer: ann asked', always, 'transfer-pending', { session: annAsked }],
  ['lost', 'transfer: ann has it', always, 'assigned', { session: annHasIt }],
  ['untried', 'transfer: nobody asked', always, 'ask-owner', { knows: { seen: nobodyAsked } }],
  ['untried', 'transfer: ended', always, 'ask-owner', { knows: { seen: sessions.ended } }],
  ['untried', 'transfer: no session', always, 'ask-owner', { knows: { seen: null } }],
  ['untried', 'transfer: ben asked', always, 'ask-owner', { knows: { seen: benAsked } }],
  ['untried', 'transfer: ann has it, ben asked', always, 'ask-owner', sawAnnAndBen],

  ['untried', 'transfer refused', always, 'failed', { error: conflict }],
  ['not applied', 'transfer refused', always, 'failed', { error: conflict }],
  ['lost', 'transfer refused', always, 'unknown', { error: conflict }],
  ['lost, then seen', 'transfer refused', always, 'failed', { error: conflict }],

  ['untried', 'transfer not made', early, 'come-back', { error: throttled, ...notMade }],
  ['untried', 'transfer not made', late, 'expired', { error: throttled }],
  ['lost', 'transfer not made', early, 'come-back', { error: throttled, ...notMade }],
  ['lost', 'transfer not made', late, 'look', notMade],
  [
    'lost, then seen',
    'transfer not made',
    late,
    'unknown',
    { error: throttled, session: nobodyAsked },
  ],
  ['untried', 'transfer lost', early, 'come-back', { error: timeout, ...lost }],
  ['untried', 'transfer lost', late, 'look', lost],
  ['lost, then seen', 'transfer lost', early, 'come-back', { error: timeout, ...lost }],
  ['lost, then seen', 'transfer lost', late, 'look', lost],

  ['lost', 'look: ann asked', always, 'transfer-pending', { session: annAsked }],
  ['lost', 'look: ann has it', always, 'assigned', { session: annHasIt }],
  ['lost', 'look: ended', always, 'ask-owner', sawEnd],
  ['lost', 'look: ended, ben asked', always, 'ask-owner', sawEndAndBen],
  ['lost', 'look: nobody asked', early, 'transfer', sawNobody],
  ['lost', 'look: nobody asked', late, 'unknown', { error: timeout, session: nobodyAsked }],
  [
    'lost by one that died',
    'look: nobody asked',
    late,
    'unknown',
    { error: interrupted, session: nobodyAsked },
  ],
  ['lost, ben asked before', 'look: nobody asked', early, 'transfer', sawNobody],
  ['lost', 'look: no session', early, 'transfer', { knows: knowns.lost }],
  ['lost, ben asked before', 'look: no session', early, 'transfer', sawNothing],
  ['lost', 'look: no session', late, 'unknown', { error: timeout }],

  // Whoever else is asked is taken for an older wish, and gone over, unless it is known to be newer.
  ['lost', 'look: ben asked', early, 'transfer', sawBen],
  ['lost, ben asked before', 'look: ben asked', early, 'transfer', sawBen],
  ['lost, nobody asked before', 'look: ben asked', early, 'ask-owner', sawBen],
  ['lost, another asked before', 'look: ben asked', early, 'ask-owner', sawBen],
  ['lost', 'look: ben asked', late, 'ask-owner', sawBen],
  ['lost, ben asked before', 'look: ben asked', late, 'ask-owner', sawBen],
  ['lost, nobody asked before', 'look: ben asked', late, 'ask-owner', sawBen],

  ['lost', 'look refused', early, 'transfer'],
  ['lost', 'look refused', late, 'unknown', { error: timeout }],
  ['lost by one that died', 'look refused', late, 'unknown', { error: interrupted }],
  [
    'lost',
    'look failed',
    early,
    'come-back',
    { error: unavailable, knows: { error: unavailable } },
  ],
  ['lost', 'look failed', late, 'unknown', { error: unavailable }],
  ['lost, then seen', 'look failed', late, 'unknown', { error: unavailable, session: nobodyAsked }],
  ['lost', 'no time to look', always, 'come-back', { error: timeout }],
  ['lost by one that died', 'no time to look', always, 'come-back', { error: throttled }],
];

describe('decide', () => {
  it.each(rows)('%s; %s; %s: %s', (known, saw, when, does, { knows, ...said } = {}) => {
    for (const now of moments[when]) {
      const next = decide(wish, knowns[known], saws[saw], now);
      expect(next).toEqual(
        isOutcome(does)
          ? { do: 'tell', conclusion: toConclusion({ outcome: does, ...said }), known: next.known }
          : { do: does, ...said, known: { ...knowns[known], ...knows } },
      );
    }
  });

  it.each([
    ['no session', 'no-session'],
    ['ended', 'ended'],
    ['a chatbot has it', 'chatbot-active'],
    ['nobody has it', 'in-queue'],
    ['ann has it, ben asked', 'other-transfer-pending'],
    ['ben has it', 'owned-by-another'],
    ['nobody asked', 'unclear'],
  ] as const)('%s; credential of router: not-applied, %s', (name, cause) => {
    const session = sessions[name];
    const known = { ...nothingKnown, seen: session };
    const said = { outcome: 'not-applied', cause, session, actingAs: router } as const;

    expect(decide(wish, known, saws['credential of router'], deadline)).toEqual({
      do: 'tell',
      conclusion: toConclusion(said),
      known,
    });
  });

  it('blames no other owner where nobody knows whose the credential is', () => {
    const known = { ...nothingKnown, seen: sessions['ben has it'] };

    expect(decide(wish, known, saws['credential of nobody known'], deadline)).toMatchObject({
      conclusion: { outcome: 'not-applied', cause: 'unclear', actingAs: null },
    });
  });
});
