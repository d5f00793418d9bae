import { describe, expect, it } from '@jest/globals';
import { asksAfterAcceptance, asksSideBySide } from '../../../promises/offers.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import { asked, byHand, history, lookStep, looksInVain } from '../../support/offer-records.ts';
import { at, keptRecord } from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

const declined = lookStep(10_000, { pending: null });

describe('asksSideBySide', () => {
  const askedAgain = history(asked(0, '8'), declined, asked(10_100, '8'), asked(30_200, '9'));
  const askedInVain = asked(0, '8', { pending: null }, { applied: false });

  it.each<Row>([
    ['the next one while the first has time left', history(asked(0, '8'), asked(20_000, '9')), 1],
    [
      '… by a call that takes no time',
      history(asked(0, '8'), asked(20_000, '9', {}, { at: at(20_000) })),
      1,
    ],
    [
      '… after a look that was shown no session',
      history(looksInVain(0), asked(1_000, '8'), asked(20_000, '9')),
      1,
    ],
    ['the next one just before the end', history(asked(0, '8'), asked(29_450, '9')), 1],
    ['the next one as the time may be over', history(asked(0, '8'), asked(29_451, '9')), 0],
    ['the next one after a no', history(asked(0, '8'), declined, asked(10_100, '9')), 0],
    [
      'the next one, where a look was shown no session since',
      history(asked(0, '8'), looksInVain(10_000), asked(20_000, '9')),
      0,
    ],
    [
      'the next one, where the first had the chat at once',
      history(asked(0, '8', { owner: 8, pending: null }), asked(20_000, '9')),
      0,
    ],
    ['the same one again', history(asked(0, '8'), asked(5_000, '8')), 0],
    ['the next one before the time of one asked again is over', askedAgain, 1],
    ['… where the function had died in between', { ...askedAgain, kills: 1 }, 0],
    [
      '… where the function had died, and was the first to ask them',
      {
        ...history(
          askedInVain,
          asked(5_000, '010'),
          lookStep(6_000, { pending: null }),
          asked(20_000, '8'),
          asked(36_000, '9'),
        ),
        kills: 1,
      },
      1,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(asksSideBySide(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('asksAfterAcceptance', () => {
  const accepted = { owner: 8, pending: null };

  it.each<Row>([
    [
      'the next one, although a look had shown it accepted',
      history(asked(0, '8'), lookStep(10_000, accepted), asked(10_100, '9')),
      1,
    ],
    [
      'the next one, where it was accepted between look and call',
      history(asked(0, '8'), declined, byHand(10_050, accepted), asked(10_100, '9')),
      0,
    ],
    [
      'the next one, where it was accepted before the call took effect',
      history(asked(0, '8'), declined, asked(10_100, '9', accepted, { applied: false })),
      0,
    ],
    [
      'the next one, after a look that was shown no session',
      history(asked(0, '8'), looksInVain(10_000), asked(10_100, '9')),
      0,
    ],
    ['the next one without a look', history(asked(0, '8'), asked(30_100, '9')), 0],
    ['the first one, after a look', history(lookStep(0, { owner: 9 }), asked(100, '8')), 0],
    [
      'the next one, who had the chat when the first was asked',
      history(
        asked(0, '010', { owner: 15 }),
        asked(1_000, '8', { owner: 9 }),
        lookStep(10_000, { owner: 9, pending: null }),
        asked(10_100, '9'),
      ),
      0,
    ],
    [
      'the next one, who had the chat until the first was asked',
      history(
        lookStep(1_000, { owner: 9, pending: null }),
        asked(1_000, '8', { owner: 15 }),
        asked(40_000, '9'),
      ),
      0,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(asksAfterAcceptance(keptRecord(changes))).toHaveLength(breaches);
  });
});
