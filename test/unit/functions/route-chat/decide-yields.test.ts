import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../../functions/route-chat/decide.ts';
import { deadline, knowns, saws, wish } from '../../../support/decide.ts';

const early = deadline - 1;

describe('decide, of an event that yields', () => {
  it.each<[keyof typeof knowns, keyof typeof saws, number, string]>([
    ['untried', 'received', early, 'look'],
    ['untried', 'received', deadline, 'expired'],
    ['untried', 'look: nobody asked', early, 'transfer'],
    ['untried', 'look: nobody asked', deadline, 'expired'],
    ['untried', 'look: ben asked', early, 'ask-owner'],
    ['untried', 'look: ann asked', early, 'ask-owner'],
    ['untried', 'look: ann has it', early, 'assigned'],
    ['untried', 'look: no session', early, 'ask-owner'],
    ['untried', 'look failed', early, 'come-back'],
    ['untried', 'look failed', deadline, 'expired'],
    ['untried', 'look refused', early, 'failed'],
    ['lost', 'look: ann asked', early, 'transfer-pending'],
    ['lost', 'look: ben asked', early, 'ask-owner'],
    ['lost', 'look: nobody asked', early, 'transfer'],
    ['lost', 'look refused', early, 'unknown'],
  ])('%s; %s; at %i: %s', (known, saw, now, does) => {
    const next = decide({ ...wish, yields: true }, knowns[known], saws[saw], now);

    expect(next.do === 'tell' ? next.conclusion.outcome : next.do).toBe(does);
  });
});
