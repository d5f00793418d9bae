import { describe, expect, it } from '@jest/globals';
import { untrueResults } from '../../../promises/truth.ts';
import {
  invocation,
  keptRecord,
  leftByHand,
  looked,
  sentEvent,
  transferCall,
} from '../../support/run-records.ts';
import {
  newer,
  noChat,
  notApplied,
  offered,
  type ToldRow,
  transferred,
} from '../../support/told-records.ts';

const yielding = sentEvent({ yields: true });
/** Was in a batch with the carrier of an offer that runs. */
const metOffer = {
  events: [{ ...offered, messageId: 'b' }, yielding],
  invocations: [invocation(['a', 'c'])],
  carriers: { c: 'b' },
  sessionStates: [],
};
const nobodyAsked = { pending: null };
const owned = { owner: 8, pending: null };
const shownNull = {
  calls: [transferCall(50), transferCall(100, { fault: 'null' })],
  sessionStates: [],
};

describe('untrueResults', () => {
  it.each<ToldRow>([
    [
      'though it was, after a look',
      { sessionStates: [looked(50, nobodyAsked), transferred(100)], ...notApplied('unclear') },
    ],
    [
      'though it was at that moment',
      { sessionStates: [looked(100, nobodyAsked), transferred(150)], ...notApplied('unclear') },
    ],
    [
      'for a cause that was none',
      { sessionStates: [looked(100, nobodyAsked)], ...notApplied('ended') },
    ],
    ['because of who is asked by it', notApplied('other-transfer-pending')],
    [
      'because of a chatbot, though who was to have it is asked',
      { sessionStates: [looked(100, { chatbotIsActive: true })], ...notApplied('chatbot-active') },
    ],
    [
      'yielding, because of an owner who was to have it',
      {
        events: [yielding],
        sessionStates: [looked(100, owned)],
        ...notApplied('owned-by-another'),
      },
    ],
    [
      'as others would have it taken, though no offer',
      {
        sessionStates: [looked(100, { owner: 15, pending: null })],
        ...notApplied('taken-by-another'),
      },
    ],
    ['as there is no chat, though there is', notApplied('no-session')],
    ['for a cause that `null` is not', { ...shownNull, ...notApplied('in-queue') }],
    [
      'as SuperOffice said `null` long before',
      { ...shownNull, ...notApplied('no-session', 15_151) },
    ],
    [
      'yielding to an offer it never met',
      { ...metOffer, invocations: [invocation(['a'])], ...notApplied('other-transfer-pending') },
    ],
    [
      'not yielding, because of an offer',
      {
        ...metOffer,
        events: [{ ...offered, messageId: 'b' }, sentEvent()],
        ...notApplied('other-transfer-pending'),
      },
    ],
    ['yielding to an offer, for another cause', { ...metOffer, ...notApplied('in-queue') }],
    [
      'yielding to what is no offer',
      { ...metOffer, events: [newer, yielding], ...notApplied('other-transfer-pending') },
    ],
    [
      'yielding to the very offer it is',
      {
        ...metOffer,
        events: [{ ...offered, yields: true }],
        ...notApplied('other-transfer-pending'),
      },
    ],
    [
      'as a chat had ended that was opened again',
      {
        sessionStates: [leftByHand(50, { status: 'Closed', endedAt: 1 }), looked(100, nobodyAsked)],
        ...notApplied('ended'),
      },
    ],
  ])('takes for untrue: not applied, %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toHaveLength(1);
  });

  it.each<ToldRow>([
    [
      'after who was asked had said no',
      {
        sessionStates: [transferred(100), transferred(120, nobodyAsked, { applied: false })],
        ...notApplied('unclear'),
      },
    ],
    [
      'after a no at once',
      { sessionStates: [transferred(100), looked(100, nobodyAsked)], ...notApplied('unclear') },
    ],
    [
      'whatever another sandbox does a moment later',
      { sessionStates: [looked(100, nobodyAsked), transferred(151)], ...notApplied('unclear') },
    ],
    [
      'as a look had shown, before it changed',
      {
        sessionStates: [looked(100, { pending: 9 }), looked(140, nobodyAsked)],
        ...notApplied('other-transfer-pending'),
      },
    ],
    ['as there is no chat', { sessionStates: [noChat], ...notApplied('no-session') }],
    ['as SuperOffice said `null`', { ...shownNull, ...notApplied('no-session') }],
    ['yielding to an offer', { ...metOffer, ...notApplied('other-transfer-pending') }],
    [
      'yielding to a question to the same one',
      {
        events: [yielding],
        calls: [],
        sessionStates: [looked(100, {})],
        ...notApplied('other-transfer-pending'),
      },
    ],
  ])('takes for true: not applied, %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toEqual([]);
  });
});
