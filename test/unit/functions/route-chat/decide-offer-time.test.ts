import { describe, expect, it } from '@jest/globals';
import { decideOffer } from '../../../../functions/route-chat/decide-offer.ts';
import type { Offer } from '../../../../functions/route-chat/offer.ts';
import type { OfferSaw } from '../../../../functions/route-chat/offer-step.ts';
import {
  annAsked,
  asked,
  askedAt,
  endsAt,
  error,
  expiredAsk,
  failed,
  firstLook,
  inWords,
  look,
  nobodyAsked,
  noTime,
  noted,
  type Row,
  received,
  refused,
  running,
  starting,
  wish,
} from '../../../support/offers.ts';

const ending = { outcome: 'unanswered', cause: null, error: null } as const;

describe('decideOffer, of an offer that runs: time and faults', () => {
  it.each<Row>([
    ['too late even for a look', running, received, endsAt + 120_000, 'unknown, 8 unknown'],
    [
      'expired for the others, while it was pending',
      running,
      look(annAsked),
      endsAt,
      'unanswered, 8 unanswered',
      { askBefore: endsAt },
    ],
    [
      'expired for the others, before a no',
      running,
      look(nobodyAsked),
      firstLook,
      'declined, 8 declined',
      { askBefore: firstLook },
    ],

    ['a look fails', running, failed, firstLook, 'come-back, 8 asked'],
    [
      'a look fails until the next one is due',
      running,
      failed,
      askedAt + 25_000,
      'carry-on, 8 asked',
    ],
    ['looks fail until the end', running, failed, endsAt, 'carry-on, 8 asked'],
    [
      'looks fail, at the end, on its last carrier',
      { ...running, looks: 3, lookAt: endsAt },
      failed,
      endsAt + 59_999,
      'come-back, 8 asked',
    ],
    [
      'looks fail for a minute beyond the end',
      running,
      failed,
      endsAt + 60_000,
      'unknown, 8 unknown',
    ],
    ['no slot for a look', running, noTime, firstLook, 'come-back, 8 asked'],
    [
      'no slot for a look, for a minute beyond the end',
      running,
      noTime,
      endsAt + 60_000,
      'unknown, 8 unknown',
    ],
    ['a look is refused', running, refused, firstLook, 'carry-on, 8 asked'],
    ['looks are refused until the end', running, refused, endsAt, 'unknown, 8 unknown'],
  ])('%s', (_, offer, saw, now, says, wishes = {}) => {
    expect(inWords(decideOffer({ ...wish, ...wishes }, offer, saw, now))).toBe(says);
  });

  it('asks the next one until a minute after the end, going on from what it saw', () => {
    const saw = look(nobodyAsked);
    expect(decideOffer(wish, running, saw, firstLook)).toMatchObject({
      before: endsAt + 60_000,
      saw,
    });
  });

  it('asks nobody after the moment the event says', () => {
    const askBefore = endsAt + 1;
    const saw = look(annAsked);
    expect(decideOffer({ ...wish, askBefore }, running, saw, endsAt)).toMatchObject({
      do: 'ask',
      before: askBefore,
      saw,
    });
  });

  it.each([
    [0, 10],
    [10, 25],
    [25, 55],
    [55, 60],
    // One that was late leaves out what has passed.
    [31, 55],
  ])('looks again, after a look at %i s, at %i s', (now, then) => {
    const offer = { ...running, lookAt: askedAt + 1000 * Math.min(now, 10) };
    const step = decideOffer(
      wish,
      now === 0 ? starting : offer,
      now === 0 ? asked(annAsked) : look(annAsked),
      askedAt + 1000 * now,
    );
    expect((step.offer.lookAt - askedAt) / 1000).toBe(then);
  });

  it.each<[string, Offer, OfferSaw]>([
    [
      'whom it has perhaps asked is not shown in time',
      { ...starting, asked: noted({ askedAt: null, answer: 'unknown' }), rest: ['9'] },
      expiredAsk,
    ],
    ['looks are refused until the end', running, refused],
    ['looks fail until its last moment', running, failed],
  ])('says why nothing is known: %s', (_, offer, saw) => {
    const step = decideOffer(wish, offer, saw, endsAt + 60_000);
    expect(step).toMatchObject({ do: 'tell', conclusion: { outcome: 'unknown', error } });
  });

  it.each<[string, Offer, OfferSaw]>([
    ['begins', starting, { kind: 'reset', session: null }],
    ['runs', running, { kind: 'picked-up', session: null }],
    ['ends', { ...running, ending }, { kind: 'picked-up', session: null }],
  ])('throws at what it has not asked for, where it %s', (_, offer, saw) => {
    expect(() => decideOffer(wish, offer, saw, askedAt)).toThrow(`not expect ${saw.kind}`);
  });
});
