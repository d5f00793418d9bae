import { describe, expect, it } from '@jest/globals';
import { nothingKnown, type Saw } from '../../../../functions/route-chat/decide.ts';
import { type DryRunWish, decideDryRun } from '../../../../functions/route-chat/dry-run.ts';
import { router } from '../../../support/associates.ts';
import { deadline, saws, sessions, unavailable, wish } from '../../../support/decide.ts';

const early = deadline - 1;

const says = (saw: Saw, now: number, wishes: Partial<DryRunWish> = {}, known = nothingKnown) => {
  const next = decideDryRun({ ...wish, ...wishes }, known, saw, now);
  if (next.do !== 'tell') return next.do;
  const { outcome, cause } = next.conclusion;
  return cause ? `${outcome} (${cause})` : outcome;
};

describe('decideDryRun', () => {
  it.each<[keyof typeof saws, number, string]>([
    ['received', early, 'look'],
    ['received', deadline, 'expired'],
    ['look: ann asked', early, 'transfer-pending'],
    ['look: ann has it', early, 'assigned'],
    ['look: ben asked', early, 'ask-owner'],
    ['look: no session', early, 'ask-owner'],
    ['look refused', early, 'failed'],
    ['look failed', early, 'come-back'],
    ['look failed', deadline, 'expired'],
    ['no time to look', early, 'come-back'],
  ])('%s, at %i: %s', (saw, now, does) => {
    expect(says(saws[saw], now)).toBe(does);
  });

  it.each<[keyof typeof sessions, string, Partial<DryRunWish>?]>([
    ['nobody asked', 'would-transfer'],
    ['ben asked', 'would-transfer'],
    ['ben asked', 'not-applied (other-transfer-pending)', { yields: true }],
    ['ben has it', 'not-applied (owned-by-another)'],
    ['nobody has it', 'not-applied (in-queue)'],
    ['nobody has it', 'would-transfer', { pickUp: true }],
    ['a chatbot has it', 'not-applied (chatbot-active)', { pickUp: true }],
    ['ended', 'not-applied (ended)'],
    ['no session', 'not-applied (no-session)'],
  ])('foretells, by router’s credential, where %s: %s %o', (name, does, wishes = {}) => {
    const known = { ...nothingKnown, seen: sessions[name] };

    expect(says({ kind: 'owner', owner: router }, early, wishes, known)).toBe(does);
  });

  it('foretells nothing where nobody knows whose the credential is', () => {
    const known = { ...nothingKnown, seen: sessions['nobody asked'] };

    expect(says({ kind: 'owner', owner: null }, early, {}, known)).toBe('come-back');
    expect(says({ kind: 'owner', owner: null }, deadline, {}, known)).toBe('expired');
  });

  it('says at its deadline what stood in the way until then', () => {
    const { known } = decideDryRun(wish, nothingKnown, saws['look failed'], early);

    expect(decideDryRun(wish, known, saws.received, deadline)).toMatchObject({
      do: 'tell',
      conclusion: { outcome: 'expired', error: unavailable },
    });
  });
});
