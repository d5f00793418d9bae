import { describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../../../functions/route-chat/decide.ts';
import { decideOffer } from '../../../../functions/route-chat/decide-offer.ts';
import { ann, ben } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import {
  annAsked,
  bensTurn,
  cho,
  eli,
  endsAt,
  firstLook,
  inWords,
  look,
  nobodyAsked,
  noted,
  type Row,
  received,
  running,
  wish,
} from '../../../support/offers.ts';

const askedBen = { toAssociate: '9', associateId: 9 };

describe('decideOffer, of an offer that runs', () => {
  it.each<Row>([
    ['received: looks, whatever was seen before', running, received, firstLook, 'look, 8 asked'],

    ['accepted', running, look({ user: ann }), firstLook, 'assigned, 8 accepted'],
    [
      'accepted, and ended since',
      running,
      look({ user: ann, status: 'Closed' }),
      firstLook,
      'assigned, 8 accepted',
    ],
    [
      'accepted, and passed on to a stranger since',
      running,
      look({ user: eli }),
      firstLook,
      'not-applied (taken-by-another), 8 withdrawn',
    ],
    [
      'somebody of the list has it, whose question was lost',
      running,
      look({ user: ben }),
      firstLook,
      'assigned, 8 withdrawn, 9 accepted',
    ],
    ['still pending', running, look(annAsked), firstLook, 'carry-on, 8 asked'],
    ['still pending at its end', running, look(annAsked), endsAt, 'ask 9, 8 unanswered'],
    [
      'still pending after its end, since the next one could not be asked yet',
      { ...running, asked: noted({ answer: 'unanswered', endedAt: endsAt }) },
      look(annAsked),
      endsAt + 5_000,
      'ask 9, 8 unanswered',
    ],
    [
      'its end has passed by another’s clock: is not waited for again',
      { ...running, asked: noted({ answer: 'unanswered', endedAt: endsAt }) },
      look(annAsked),
      endsAt - 1,
      'ask 9, 8 unanswered',
    ],
    [
      'whom asking did nothing for is asked after all',
      { ...bensTurn, asked: noted({ askedAt: null, answer: 'unknown' }, askedBen) },
      look(annAsked),
      firstLook,
      'carry-on, 9 withdrawn, 8 asked',
    ],
    [
      'asked again by somebody else, after a no',
      { ...running, asked: noted({ answer: 'declined', endedAt: firstLook }) },
      look(annAsked),
      firstLook,
      'not-applied (taken-by-another), 8 declined',
    ],
    [
      'still pending at its end, and the next one has the chat',
      { ...running, rest: ['7'] },
      look(annAsked),
      endsAt,
      'ask 7, 8 unanswered',
    ],
    ['declined', running, look(nobodyAsked), firstLook, 'ask 9, 8 declined'],
    [
      'declined by the last one',
      bensTurn,
      look(nobodyAsked),
      firstLook,
      'declined, 8 declined, 9 declined',
    ],
    [
      'the last one leaves it until the end',
      bensTurn,
      look({ transferTo: ben }),
      endsAt,
      'unanswered, 8 declined, 9 unanswered',
    ],

    ['no session', running, look(null), firstLook, 'not-applied (no-session), 8 withdrawn'],
    [
      'ended while pending',
      running,
      look({ ...annAsked, status: 'Closed' }),
      firstLook,
      'not-applied (ended), 8 withdrawn',
    ],
    [
      'opened again',
      running,
      look({ ...annAsked, whenStarted: '2026-11-22T08:09:00.000Z' }),
      firstLook,
      'not-applied (ended), 8 withdrawn',
    ],
    [
      'when it started is not shown any more',
      running,
      look({ ...annAsked, whenStarted: null }),
      firstLook,
      'carry-on, 8 asked',
    ],
    [
      'when it started was not shown at first',
      { ...running, startedAt: null },
      look(annAsked),
      firstLook,
      'carry-on, 8 asked',
    ],
    [
      'a chatbot is back',
      running,
      look({ chatbotIsActive: true }),
      firstLook,
      'not-applied (chatbot-active), 8 withdrawn',
    ],
    [
      'back in the queue',
      running,
      look({ user: null }),
      firstLook,
      'not-applied (in-queue), 8 withdrawn',
    ],
    [
      'a stranger has it',
      running,
      look({ user: eli }),
      firstLook,
      'not-applied (taken-by-another), 8 withdrawn',
    ],
    [
      'a stranger is asked',
      running,
      look({ transferTo: eli }),
      firstLook,
      'not-applied (taken-by-another), 8 withdrawn',
    ],
    [
      'the owner changed while it is pending: waits',
      running,
      look({ ...annAsked, user: eli }),
      firstLook,
      'carry-on, 8 asked',
    ],
    [
      'the owner changed, and its time is over: asks nobody after',
      running,
      look({ ...annAsked, user: eli }),
      endsAt,
      'not-applied (taken-by-another), 8 unanswered',
    ],
    [
      'a later one of the list is asked: adopted',
      running,
      look({ transferTo: cho }),
      firstLook,
      'carry-on, 8 withdrawn, cho asked',
    ],
    [
      'the next one is the owner',
      { ...running, rest: ['7'] },
      look(nobodyAsked),
      firstLook,
      'assigned, 8 declined, 7 accepted',
    ],
  ])('%s', (_, offer, saw, now, says, wishes = {}) => {
    expect(inWords(decideOffer({ ...wish, ...wishes }, offer, saw, now))).toBe(says);
  });

  it('tells what SuperOffice showed', () => {
    const session = chatSession({ user: ann });

    expect(decideOffer(wish, running, { kind: 'session', by: 'look', session }, firstLook)).toEqual(
      {
        do: 'tell',
        conclusion: toConclusion({ outcome: 'assigned', session }),
        offer: { ...running, asked: noted({ answer: 'accepted', endedAt: firstLook }) },
      },
    );
  });
});
