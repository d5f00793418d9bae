import { describe, expect, it } from '@jest/globals';
import { decideOffer, decideSuperseded } from '../../../../functions/route-chat/decide-offer.ts';
import type { Offer } from '../../../../functions/route-chat/offer.ts';
import type { OfferSaw } from '../../../../functions/route-chat/offer-step.ts';
import { ann } from '../../../support/associates.ts';
import {
  annAsked,
  askedAt,
  bensTurn,
  declined,
  eli,
  endsAt,
  error,
  failed,
  firstLook,
  inWords,
  look,
  nobodyAsked,
  notApplied,
  noted,
  type Row,
  received,
  refused,
  running,
  starting,
  wish,
} from '../../../support/offers.ts';

describe('decideOffer, where nobody accepts and the chat goes back to its queue', () => {
  const back = { ifNobody: 'return-to-queue' } as const;
  const ending: Offer = {
    ...running,
    asked: noted({ answer: 'unanswered', endedAt: endsAt }),
    rest: [],
    lookAt: endsAt,
    ending: { outcome: 'unanswered', cause: null, error: null },
  };

  it.each<Row>([
    [
      'notes how it ends first, and looks again',
      bensTurn,
      look(nobodyAsked),
      firstLook,
      'carry-on, 8 declined, 9 declined',
      back,
    ],
    [
      'leaves alone what was neither asked for nor picked up',
      { ...starting, rest: ['8'] },
      notApplied('unclear'),
      askedAt,
      'not-applied (unclear), 8 not-applied',
      back,
    ],
    [
      'does so with what it has picked up',
      { ...starting, rest: ['8'], pickedUp: 'yes' },
      notApplied('unclear'),
      askedAt,
      'carry-on, 8 not-applied',
      back,
    ],
    ['received: looks', ending, received, endsAt, 'look, 8 unanswered'],
    ['puts it back', ending, look(nobodyAsked), endsAt, 'reset, 8 unanswered'],
    [
      'puts it back though the last one is still asked',
      ending,
      look(annAsked),
      endsAt,
      'reset, 8 unanswered',
    ],
    ['accepted meanwhile', ending, look({ user: ann }), endsAt, 'assigned, 8 accepted'],
    ['a stranger is asked', ending, look({ transferTo: eli }), endsAt, 'unanswered, 8 unanswered'],
    ['a stranger has it', ending, look({ user: eli }), endsAt, 'unanswered, 8 unanswered'],
    ['ended', ending, look({ status: 'Closed' }), endsAt, 'unanswered, 8 unanswered'],
    [
      'opened again',
      ending,
      look({ whenStarted: '2026-11-22T08:09:00.000Z' }),
      endsAt,
      'unanswered, 8 unanswered',
    ],
    [
      'a chatbot is back',
      ending,
      look({ chatbotIsActive: true }),
      endsAt,
      'unanswered, 8 unanswered',
    ],
    [
      'is there already, put by a call whose answer was lost',
      ending,
      look({ user: null }),
      endsAt,
      'unanswered, 8 unanswered',
    ],
    ['put back', ending, { kind: 'reset', session: null }, endsAt, 'unanswered, 8 unanswered'],
    [
      'may not be put back',
      ending,
      { kind: 'reset-refused', error },
      endsAt,
      'unanswered, 8 unanswered',
    ],
    [
      'not put back yet: never again without a look',
      ending,
      { kind: 'reset-failed', error },
      endsAt,
      'come-back, 8 unanswered',
    ],
    [
      'not put back for a minute',
      ending,
      { kind: 'reset-failed', error },
      endsAt + 60_000,
      'unanswered, 8 unanswered',
    ],
    ['not looked at for a minute', ending, failed, endsAt + 60_000, 'unanswered, 8 unanswered'],
    ['a look fails', ending, failed, endsAt, 'come-back, 8 unanswered'],
    ['a look is refused', ending, refused, endsAt, 'unanswered, 8 unanswered'],
  ])('%s', (_, offer, saw, now, says, wishes = {}) => {
    expect(inWords(decideOffer({ ...wish, ...wishes }, offer, saw, now))).toBe(says);
  });
});

describe('decideSuperseded', () => {
  it.each<[string, Offer, OfferSaw, boolean, string]>([
    ['looks first', running, received, true, 'look, 8 asked'],
    ['accepted', running, look({ user: ann }), true, 'assigned, 8 accepted'],
    ['still pending', running, look(annAsked), true, 'superseded, 8 withdrawn'],
    ['declined', running, look(nobodyAsked), true, 'superseded, 8 declined'],
    ['no session', running, look(null), true, 'superseded, 8 withdrawn'],
    ['a look fails, and there is time', running, failed, true, 'come-back, 8 asked'],
    ['a look fails, and there is none', running, failed, false, 'superseded, 8 unknown'],
    ['a look is refused', running, refused, true, 'superseded, 8 unknown'],
    [
      'it was about to go back to its queue',
      { ...declined, ending: { outcome: 'declined', cause: null, error: null } },
      look(nobodyAsked),
      true,
      'declined, 8 declined',
    ],
  ])('%s', (_, offer, saw, mayWait, says) => {
    const said = { outcome: 'superseded' } as const;
    expect(inWords(decideSuperseded(offer, saw, { said, now: firstLook, mayWait }))).toBe(says);
  });
});
