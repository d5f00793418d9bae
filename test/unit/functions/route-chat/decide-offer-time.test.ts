import { describe, expect, it } from '@jest/globals';
import { decideOffer } from '../../../../functions/route-chat/decide-offer.ts';
import {
  annAsked,
  asked,
  askedAt,
  endsAt,
  failed,
  firstLook,
  inWords,
  look,
  nobodyAsked,
  noTime,
  type Row,
  received,
  refused,
  running,
  starting,
  wish,
} from '../../../support/offers.ts';

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
    expect(decideOffer({ ...wish, askBefore }, running, look(annAsked), endsAt)).toMatchObject({
      do: 'ask',
      before: askBefore,
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
});
