import { describe, expect, it } from '@jest/globals';
import { untrueResults } from '../../../promises/truth.ts';
import { at, keptRecord, leftByHand, looked } from '../../support/run-records.ts';
import {
  noChat,
  notApplied,
  offered,
  type ToldRow,
  transferred,
} from '../../support/told-records.ts';

const has = (owner: number | null) => ({ owner, pending: null });
const nobodyAsked = { pending: null };
const taken = notApplied('taken-by-another');
const closed = (milliseconds: number) =>
  leftByHand(milliseconds, { status: 'Closed', endedAt: at(milliseconds) });
const otherAsked = (milliseconds: number, target = '012') =>
  transferred(milliseconds, { pending: Number(target) }, { target });

describe('untrueResults', () => {
  it.each<ToldRow>([
    [
      'ended, though it had not',
      { sessionStates: [noChat, transferred(100)], ...notApplied('ended') },
    ],
    [
      'ended, before it had',
      { sessionStates: [transferred(100), closed(151)], ...notApplied('ended') },
    ],
    [
      'in the queue, as it had ended',
      { sessionStates: [transferred(100), closed(120)], ...notApplied('in-queue') },
    ],
    [
      "another's, though it is the first one's",
      { sessionStates: [looked(100, has(8))], ...notApplied('owned-by-another') },
    ],
    [
      'taken, though who was asked has it',
      { sessionStates: [transferred(100), looked(140, has(8))], ...taken },
    ],
    [
      'taken, though who was asked still is',
      { sessionStates: [transferred(100), looked(140, {})], ...taken },
    ],
    [
      'taken, though the next one was asked',
      {
        sessionStates: [
          transferred(100),
          transferred(120, { pending: 9 }, { target: '9' }),
          looked(140, { pending: 9 }),
        ],
        ...taken,
      },
    ],
    [
      'taken, though who was asked said no',
      { sessionStates: [transferred(100), looked(110, {}), looked(140, nobodyAsked)], ...taken },
    ],
    [
      'taken, though in the queue',
      { sessionStates: [transferred(100), looked(140, has(null))], ...taken },
    ],
    [
      'taken, though whose it was has it still',
      { sessionStates: [transferred(100, { owner: 15 }), looked(140, has(15))], ...taken },
    ],
    [
      'taken, though nothing was done to it',
      { sessionStates: [looked(140, nobodyAsked)], ...taken },
    ],
    ['taken, though there is no chat', { sessionStates: [noChat], ...taken }],
    [
      'unclear, though in the queue when it was asked and since',
      {
        sessionStates: [transferred(100, has(null)), looked(60_000, has(null))],
        ...notApplied('unclear', 60_000),
      },
    ],
  ])('takes for untrue of an offer: not applied, %s', (_, changes) => {
    expect(untrueResults(keptRecord({ events: [offered], ...changes }))).toHaveLength(1);
  });

  it.each<ToldRow>([
    [
      'ended, be it opened again or not',
      { sessionStates: [transferred(100), closed(150)], ...notApplied('ended') },
    ],
    [
      'ended by a chatbot, while somebody is asked',
      {
        sessionStates: [transferred(100), looked(140, { chatbotIsActive: true })],
        ...notApplied('chatbot-active'),
      },
    ],
    [
      'taken by one whom it does not name',
      { sessionStates: [transferred(100), looked(140, has(15))], ...taken },
    ],
    [
      'taken by who asked somebody else',
      {
        sessionStates: [transferred(100), otherAsked(120), looked(140, { pending: 12 })],
        ...taken,
      },
    ],
    [
      'taken by who asked the same one again after a no',
      {
        sessionStates: [
          transferred(100),
          leftByHand(110, nobodyAsked),
          otherAsked(120, '08'),
          looked(140, {}),
        ],
        ...taken,
      },
    ],
    [
      'unclear, told once the chat is back in its queue',
      {
        sessionStates: [transferred(100, nobodyAsked), looked(60_000, has(null))],
        ...notApplied('unclear', 60_000),
      },
    ],
  ])('takes for true of an offer: not applied, %s', (_, changes) => {
    expect(untrueResults(keptRecord({ events: [offered], ...changes }))).toEqual([]);
  });
});
