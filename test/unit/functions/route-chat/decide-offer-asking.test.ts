import { describe, expect, it } from '@jest/globals';
import { decideOffer } from '../../../../functions/route-chat/decide-offer.ts';
import type { OfferSaw } from '../../../../functions/route-chat/offer-step.ts';
import { ann, ben } from '../../../support/associates.ts';
import {
  acceptMs,
  annAsked,
  asked,
  askedAt,
  declined,
  eli,
  endsAt,
  error,
  expiredAsk,
  firstLook,
  inWords,
  notApplied,
  noted,
  type Row,
  refusedAsk,
  running,
  starting,
  unknownAsk,
  wish,
} from '../../../support/offers.ts';

const openAsk: OfferSaw = { kind: 'ask-open', error };
const unanswered = { ...running, asked: noted({ answer: 'unanswered', endedAt: endsAt }) };

describe('decideOffer, of one that asks', () => {
  it.each<Row>([
    ['the first one is asked', starting, asked(annAsked), askedAt, 'carry-on, 8 asked'],
    [
      'the first one is asked by name: not once more by id',
      { ...starting, rest: ['ANN', '8', '9'] },
      asked(annAsked),
      askedAt,
      'carry-on, ANN asked',
    ],
    [
      'the first one is the owner',
      starting,
      asked({ user: ann }, { outcome: 'assigned' }),
      askedAt,
      'assigned, 8 accepted',
    ],
    [
      'the first one is unknown or absent',
      starting,
      notApplied('unclear'),
      askedAt,
      'ask 9, 8 not-applied',
    ],
    ['the first one is refused', starting, refusedAsk, askedAt, 'ask 9, 8 not-applied'],
    [
      'the first one is refused, and nobody else is named',
      { ...starting, rest: ['8'] },
      refusedAsk,
      askedAt,
      'failed, 8 not-applied',
    ],
    [
      'the first one is unknown, and nobody else is named',
      { ...starting, rest: ['8'] },
      notApplied('unclear'),
      askedAt,
      'not-applied (unclear), 8 not-applied',
    ],
    [
      'the chat is somebody else’s',
      starting,
      notApplied('owned-by-another', { user: eli }),
      askedAt,
      'not-applied (owned-by-another), 8 not-applied',
    ],
    [
      'the chat is that of another of the list',
      starting,
      notApplied('owned-by-another', { user: ben }),
      askedAt,
      'not-applied (owned-by-another), 8 not-applied',
    ],
    [
      'somebody else is asked',
      starting,
      notApplied('other-transfer-pending', { transferTo: eli }),
      askedAt,
      'not-applied (other-transfer-pending), 8 not-applied',
    ],
    [
      'the chat waits in the queue',
      starting,
      notApplied('in-queue', { user: null }),
      askedAt,
      'not-applied (in-queue), 8 not-applied',
    ],
    ['the time for the first one is over', starting, expiredAsk, askedAt, 'expired'],
    [
      'the first one is unknown, and was perhaps asked before',
      starting,
      { ...notApplied('unclear'), perhapsApplied: true } as OfferSaw,
      askedAt,
      'ask 9, 8 unknown',
    ],
    [
      'the time is over, and one before was perhaps asked',
      { ...starting, asked: noted({ askedAt: null, answer: 'unknown' }), rest: ['9'] },
      expiredAsk,
      askedAt,
      'unknown, 8 unknown',
    ],
    [
      'the time is over, and the chat was perhaps picked up',
      { ...starting, pickedUp: 'perhaps' },
      expiredAsk,
      askedAt,
      'unknown',
    ],
    [
      'the time is over, and asking one before did nothing',
      { ...starting, asked: noted({ askedAt: null, answer: 'not-applied' }), rest: ['9'] },
      expiredAsk,
      askedAt,
      'expired, 8 not-applied',
    ],
    [
      'a call was perhaps applied, and nothing tells',
      starting,
      unknownAsk,
      askedAt,
      'unknown, 8 unknown',
    ],
    ['no call yet', starting, openAsk, askedAt, 'come-back'],

    [
      'the next one is asked',
      declined,
      asked({ transferTo: ben }),
      firstLook,
      'carry-on, 8 declined, 9 asked',
    ],
    [
      'the next one is unknown: the one after',
      declined,
      notApplied('unclear'),
      firstLook,
      'ask cho, 8 declined, 9 not-applied',
    ],
    [
      'the next one is unknown, while the one before may yet accept: the one after',
      unanswered,
      notApplied('other-transfer-pending', { transferTo: ann }),
      endsAt,
      'ask cho, 8 unanswered, 9 not-applied',
    ],
    [
      'the last one is unknown, while the one before may yet accept',
      { ...unanswered, rest: ['99'] },
      notApplied('other-transfer-pending', { transferTo: ann }),
      endsAt,
      'unanswered, 8 unanswered, 99 not-applied',
    ],
    [
      'somebody else is asked while the next one is tried',
      unanswered,
      notApplied('other-transfer-pending', { transferTo: eli }),
      endsAt,
      'not-applied (taken-by-another), 8 unanswered, 9 not-applied',
    ],
    [
      'the last one is unknown: the answer before counts',
      { ...declined, rest: ['99'] },
      notApplied('unclear'),
      firstLook,
      'declined, 8 declined, 99 not-applied',
    ],
    [
      'accepted between the look and the call',
      unanswered,
      notApplied('owned-by-another', { user: ann }),
      endsAt,
      'assigned, 8 accepted',
    ],
    [
      'a stranger got it between the look and the call',
      declined,
      notApplied('owned-by-another', { user: eli }),
      firstLook,
      'not-applied (taken-by-another), 8 declined, 9 not-applied',
    ],
    [
      'a stranger was asked between the look and the call',
      declined,
      notApplied('other-transfer-pending', { transferTo: eli }),
      firstLook,
      'not-applied (taken-by-another), 8 declined, 9 not-applied',
    ],
    [
      'who said no was asked again between the look and the call',
      declined,
      notApplied('other-transfer-pending', { transferTo: ann }),
      firstLook,
      'not-applied (taken-by-another), 8 declined, 9 not-applied',
    ],
    [
      'it ended, while the one before may yet accept',
      unanswered,
      notApplied('ended', { status: 'Closed', transferTo: ann }),
      endsAt,
      'not-applied (ended), 8 unanswered, 9 not-applied',
    ],
    [
      'no session is shown after the look',
      declined,
      notApplied('no-session', null),
      firstLook,
      'not-applied (no-session), 8 declined, 9 not-applied',
    ],
    [
      'it ended between the look and the call',
      declined,
      notApplied('ended', { status: 'Closed' }),
      firstLook,
      'not-applied (ended), 8 declined, 9 not-applied',
    ],
    [
      'the next one could not be asked in time: the answer before counts',
      declined,
      expiredAsk,
      firstLook,
      'declined, 8 declined',
    ],
    [
      'the next one was perhaps asked, and nothing tells',
      declined,
      unknownAsk,
      firstLook,
      'unknown, 8 declined, 9 unknown',
    ],
    ['no call to the next one yet', declined, openAsk, firstLook, 'come-back, 8 declined'],
  ])('%s', (_, offer, saw, now, says) => {
    expect(inWords(decideOffer(wish, offer, saw, now))).toBe(says);
  });

  it('gives the one who is asked the whole time', () => {
    expect(decideOffer(wish, declined, asked({ transferTo: ben }), firstLook).offer).toMatchObject({
      looks: 0,
      lookAt: firstLook + 10_000,
      endsAt: firstLook + acceptMs,
      rest: ['cho'],
    });
  });
});
