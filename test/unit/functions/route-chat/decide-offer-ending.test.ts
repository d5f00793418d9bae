import { describe, expect, it } from '@jest/globals';
import { type Said, toConclusion } from '../../../../functions/route-chat/decide.ts';
import { decideOffer, decideSuperseded } from '../../../../functions/route-chat/decide-offer.ts';
import type { Offer } from '../../../../functions/route-chat/offer.ts';
import type { OfferSaw } from '../../../../functions/route-chat/offer-step.ts';
import { ann } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
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
  noTime,
  notApplied,
  noted,
  type Row,
  received,
  refused,
  running,
  starting,
  wish,
} from '../../../support/offers.ts';

const afterNo: Offer = {
  ...declined,
  rest: [],
  ending: { outcome: 'declined', cause: null, error: null },
};

describe('decideOffer, where nobody accepts and the chat goes back to its queue', () => {
  const back = { ifNobody: 'return-to-queue' } as const;
  const ending: Offer = {
    ...running,
    asked: noted({ answer: 'unanswered', endedAt: endsAt }),
    rest: [],
    lookAt: endsAt,
    ending: { outcome: 'unanswered', cause: null, error: null },
  };
  const pickedUp: Offer = {
    ...starting,
    asked: noted({ associateId: null, askedAt: null, answer: 'not-applied' }),
    rest: [],
    ownerId: 7,
    pickedUp: 'yes',
    ending: { outcome: 'not-applied', cause: 'unclear', error: null },
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
    [
      'asked again by somebody else, after a no',
      afterNo,
      look(annAsked),
      endsAt,
      'declined, 8 declined',
    ],
    [
      'what was picked up: puts it back',
      pickedUp,
      look(nobodyAsked),
      askedAt,
      'reset, 8 not-applied',
    ],
    [
      'what was picked up, and a stranger is asked',
      pickedUp,
      look({ transferTo: eli }),
      askedAt,
      'not-applied (unclear), 8 not-applied',
    ],
    [
      'whom asking did nothing for is asked after all: goes on from there',
      pickedUp,
      look(annAsked),
      askedAt,
      'carry-on, 8 asked',
    ],
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
    ['no slot for a look', ending, noTime, endsAt, 'come-back, 8 unanswered'],
    ['a look is refused', ending, refused, endsAt, 'unanswered, 8 unanswered'],
  ])('%s', (_, offer, saw, now, says, wishes = {}) => {
    expect(inWords(decideOffer({ ...wish, ...wishes }, offer, saw, now))).toBe(says);
  });

  it('tells what the chat shows once it is put back', () => {
    const session = chatSession({ user: null });
    expect(decideOffer(wish, ending, { kind: 'reset', session }, endsAt)).toMatchObject({
      conclusion: toConclusion({ outcome: 'unanswered', session }),
    });
  });
});

describe('decideSuperseded', () => {
  const superseded: Said = { outcome: 'superseded' };
  const lost: Said = { outcome: 'unknown' };

  it.each<[string, Offer, OfferSaw, boolean, string, Said?]>([
    ['looks first', running, received, true, 'look, 8 asked'],
    ['accepted', running, look({ user: ann }), true, 'assigned, 8 accepted'],
    ['still pending', running, look(annAsked), true, 'superseded, 8 withdrawn'],
    ['declined', running, look(nobodyAsked), true, 'superseded, 8 declined'],
    ['a stranger has it', running, look({ user: eli }), true, 'superseded, 8 withdrawn'],
    ['back in the queue', running, look({ user: null }), true, 'superseded, 8 withdrawn'],
    ['no session', running, look(null), true, 'superseded, 8 withdrawn'],
    ['a look fails, and there is time', running, failed, true, 'come-back, 8 asked'],
    ['no slot for a look, and there is time', running, noTime, true, 'come-back, 8 asked'],
    ['a look fails, and there is none', running, failed, false, 'superseded, 8 unknown'],
    ['a look is refused', running, refused, true, 'superseded, 8 unknown'],
    ['a dead letter: pending', running, look(annAsked), true, 'unknown, 8 unknown', lost],
    ['a dead letter: declined', running, look(nobodyAsked), true, 'unknown, 8 declined', lost],
    [
      'it was about to go back to its queue',
      afterNo,
      look(nobodyAsked),
      true,
      'declined, 8 declined',
    ],
  ])('%s', (_, offer, saw, mayWait, says, said = superseded) => {
    expect(inWords(decideSuperseded(offer, saw, { said, now: firstLook, mayWait }))).toBe(says);
  });

  it('says why it has not seen how the offer ended', () => {
    const step = decideSuperseded(running, refused, {
      said: superseded,
      now: firstLook,
      mayWait: true,
    });
    expect(step).toMatchObject({ conclusion: toConclusion({ ...superseded, error }) });
  });
});
