import { describe, expect, it } from '@jest/globals';
import { untrueOffers } from '../../../promises/offers.ts';
import type { RunRecord } from '../../../promises/run-record.ts';
import {
  asked,
  byHand,
  ended,
  entry,
  history,
  lookStep,
  looksInVain,
  notAsked,
} from '../../support/offer-records.ts';
import { keptRecord, seenResult } from '../../support/run-records.ts';

const leftAlone = history(asked(0, '8'), lookStep(30_000, {}));
const declined = lookStep(10_000, { pending: null });
const accepted = lookStep(10_000, { owner: 8, pending: null });
const saidNo = history(asked(0, '8'), declined);
const saidYes = history(asked(0, '8'), accepted);
const no = entry('declined', 1, 10_001);
const yes = entry('accepted', 1, 10_001);
const noAnswer = entry('unanswered', 1, 30_001);

describe('untrueOffers', () => {
  it.each<[string, Partial<RunRecord>]>([
    ['a no', { ...saidNo, ...ended('declined', no) }],
    [
      'a no, where a newer wish asks the same one in that moment',
      {
        ...history(asked(0, '8'), declined, asked(10_000, '08')),
        ...ended('superseded', entry('declined', 1, 10_051)),
      },
    ],
    [
      'a no, where a newer wish asks the same one soon',
      {
        ...history(asked(0, '8'), declined, asked(10_120, '08')),
        ...ended('superseded', entry('declined', 1, 10_100)),
      },
    ],
    [
      'a no, where looks were shown no session',
      {
        ...history(looksInVain(0), asked(20, '8'), looksInVain(5_000), declined),
        ...ended('declined', entry('declined', 21, 10_001)),
      },
    ],
    [
      'a no to a question that was seen a moment after',
      { ...saidNo, ...ended('declined', entry('declined', -49, 10_001)) },
    ],
    [
      'a no, and the next one who could not be asked',
      { ...saidNo, ...ended('declined', no, notAsked('not-applied')) },
    ],
    ['no answer', { ...leftAlone, ...ended('unanswered', noAnswer) }],
    [
      'no answer, where a newer wish asks somebody else in that moment',
      {
        ...history(asked(0, '8'), lookStep(30_000, {}), asked(30_010, '010')),
        ...ended('superseded', noAnswer),
      },
    ],
    [
      'no answer as the time may be over',
      { ...leftAlone, ...ended('unanswered', entry('unanswered', 1, 29_951)) },
    ],
    ['a yes', { ...saidYes, ...ended('assigned', yes) }],
    [
      'a yes in the moment of the question',
      {
        ...history(asked(0, '8'), lookStep(0, { owner: 8, pending: null })),
        ...ended('assigned', entry('accepted', 51, 52)),
      },
    ],
    [
      'a yes of one not known to be asked',
      { ...saidYes, ...ended('assigned', notAsked('accepted', '8')) },
    ],
    ['what was withdrawn', { ...leftAlone, ...ended('superseded', entry('withdrawn', 1, 9_000)) }],
    ['what is unknown', { ...leftAlone, ...ended('unknown', entry('unknown', 1, 40_000)) }],
    ['a call of which that is unknown', { ...history(), ...ended('unknown', notAsked('unknown')) }],
    ['the end of an offer that asked nobody', { results: [seenResult({ outcome: 'expired' })] }],
  ])('takes for true: %s', (_, changes) => {
    expect(untrueOffers(keptRecord({ ...history(), ...changes }))).toEqual([]);
  });

  it.each<[string, Partial<RunRecord>]>([
    [
      'a no that was never said',
      { ...leftAlone, ...ended('declined', entry('declined', 1, 30_001)) },
    ],
    [
      'a no that was said to an earlier question',
      {
        ...history(
          asked(0, '8'),
          lookStep(5_000, { pending: null }),
          asked(5_100, '8'),
          lookStep(30_000, {}),
        ),
        ...ended('declined', entry('declined', 5_101, 30_001)),
      },
    ],
    [
      'a no that was said later',
      {
        ...history(asked(0, '8'), lookStep(10_100, { pending: null })),
        ...ended('declined', no),
      },
    ],
    [
      'a no, though somebody else was asked by hand',
      {
        ...history(
          asked(0, '8'),
          byHand(9_000, { pending: 10 }),
          lookStep(10_000, { pending: 10 }),
        ),
        ...ended('declined', no),
      },
    ],
    [
      'a no, though the look was shown no session',
      { ...history(asked(0, '8'), looksInVain(10_000)), ...ended('declined', no) },
    ],
    [
      'a no of one who was asked by hand',
      { ...history(byHand(0, {}), declined), ...ended('declined', no) },
    ],
    [
      'a no of one who was asked later',
      { ...saidNo, ...ended('declined', entry('declined', -50, 10_001)) },
    ],
    [
      'a no of one who was never asked',
      { ...saidNo, ...ended('superseded', { ...no, toAssociate: '9' }) },
    ],
    [
      'a no of one who could not be asked',
      { ...saidNo, ...ended('superseded', notAsked('declined')) },
    ],
    [
      'no answer just before the time was over',
      { ...leftAlone, ...ended('unanswered', entry('unanswered', 1, 29_950)) },
    ],
    ['no answer, though it was a no', { ...saidNo, ...ended('unanswered', noAnswer) }],
    [
      'no answer, though the look was shown no session',
      { ...history(asked(0, '8'), looksInVain(29_900)), ...ended('unanswered', noAnswer) },
    ],
    ['a yes that was never said', { ...saidNo, ...ended('assigned', yes) }],
    [
      'a yes of one who had the chat before',
      {
        ...history(lookStep(0, { owner: 8, pending: null }), asked(100, '8'), lookStep(10_000, {})),
        ...ended('assigned', entry('accepted', 101, 10_001)),
      },
    ],
    [
      'a yes of one not known to be asked, who never had it',
      { ...saidNo, ...ended('assigned', notAsked('accepted', '8')) },
    ],
    [
      'an answer that nobody knows',
      { ...leftAlone, ...ended('unknown', entry('perhaps', 1, 40_000)) },
    ],
  ])('takes for untrue: %s', (_, changes) => {
    expect(untrueOffers(keptRecord(changes))).toEqual([
      { messageId: 'a', says: expect.stringMatching(/^says of [89]: ".+", which was not so$/) },
    ]);
  });

  it.each<[string, Partial<RunRecord>]>([
    ['unanswered', { ...saidNo, ...ended('unanswered', no) }],
    ['declined', { ...leftAlone, ...ended('declined', noAnswer) }],
    ['declined', { ...saidNo, ...ended('declined') }],
    ['assigned', { ...saidNo, ...ended('assigned', no) }],
    ['unknown', { ...saidYes, ...ended('unknown', yes) }],
  ])('tells that "%s" is not what the answers say', (outcome, changes) => {
    expect(untrueOffers(keptRecord(changes))).toEqual([
      { messageId: 'a', says: `"${outcome}" does not fit its offers` },
    ]);
  });
});
