import { describe, expect, it } from '@jest/globals';
import { looksBeyondSchedule, offersThatEndLate } from '../../../promises/offer-schedule.ts';
import {
  asksAfterAcceptance,
  asksAfterNewer,
  asksSideBySide,
  untrueOffers,
} from '../../../promises/offers.ts';
import type { RunRecord, SessionState, SuperOfficeCall } from '../../../promises/run-record.ts';
import {
  at,
  invocation,
  keptRecord,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';

type Row = [name: string, changes: Partial<RunRecord>, breaches: number];

const offer = { targets: ['8', '9'], associateIds: [8, 9], acceptWithinMs: 30_000 };
const event = sentEvent({ offer });
const newer = sentEvent({ messageId: 'b', target: '010', associateId: 10 });

/** The calls of a chat, and what each left. */
const asked = (milliseconds: number, target: string): [SuperOfficeCall, SessionState] => [
  transferCall(milliseconds, { target }),
  sessionState({ pending: Number(target) }, { at: at(milliseconds + 1), target }),
];
const looked = (
  milliseconds: number,
  session: Parameters<typeof sessionState>[0],
): [SuperOfficeCall, SessionState] => [
  transferCall(milliseconds, { route: 'session', target: undefined }),
  sessionState(session, {
    at: at(milliseconds + 1),
    by: 'look',
    target: undefined,
    applied: false,
  }),
];
const history = (...steps: [SuperOfficeCall, SessionState][]): Partial<RunRecord> => ({
  events: [event],
  calls: steps.map(([call]) => call),
  sessionStates: steps.map(([, state]) => state),
});
const entry = (answer: string, askedAt: number, endedAt: number, toAssociate = '8') => ({
  toAssociate,
  askedAt: new Date(at(askedAt)).toISOString(),
  endedAt: new Date(at(endedAt)).toISOString(),
  answer,
});
const ended = (outcome: string, ...offers: ReturnType<typeof entry>[]) => ({
  results: [seenResult({ outcome, offers } as never, 40_000)],
});

describe('asksSideBySide', () => {
  const askedAgain = history(
    asked(0, '8'),
    looked(10_000, { pending: null }),
    asked(10_100, '8'),
    asked(30_200, '9'),
  );

  it.each<Row>([
    ['the next one while the first has time left', history(asked(0, '8'), asked(20_000, '9')), 1],
    ['the next one once the time is over', history(asked(0, '8'), asked(30_100, '9')), 0],
    [
      'the next one after a no',
      history(asked(0, '8'), looked(10_000, { pending: null }), asked(10_100, '9')),
      0,
    ],
    ['the same one again', history(asked(0, '8'), asked(5_000, '8')), 0],
    ['the next one before the time of one asked again is over', askedAgain, 1],
    ['… where the function had died in between', { ...askedAgain, kills: 1 }, 0],
  ])('judges %s', (_, changes, breaches) => {
    expect(asksSideBySide(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('asksAfterAcceptance', () => {
  it.each<Row>([
    [
      'the next one, although a look had shown it accepted',
      history(asked(0, '8'), looked(10_000, { owner: 8, pending: null }), asked(10_100, '9')),
      1,
    ],
    [
      'the next one, where it was accepted between look and call',
      history(asked(0, '8'), looked(10_000, { pending: null }), [
        transferCall(10_100, { target: '9' }),
        sessionState({ owner: 8, pending: null }, { at: at(10_101), target: '9', applied: false }),
      ]),
      0,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(asksAfterAcceptance(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('asksAfterNewer', () => {
  const told = { results: [seenResult({ eventMessageId: 'b' }, 6_000)] };
  const inOneBatch = {
    ...invocation(['carrier', 'b']),
    startedAt: at(5_000),
    endedAt: at(7_000),
    sandbox: 'one',
  };
  const later = {
    ...invocation(['carrier']),
    startedAt: at(9_000),
    endedAt: at(11_000),
    sandbox: 'two',
  };
  const unseen = ({ sandbox: _, ...seen }: typeof later) => seen;
  const asksAt10 = {
    ...history(asked(0, '8'), [
      transferCall(10_000, { target: '9', sandbox: 'two' }),
      sessionState({}, { at: at(10_001) }),
    ]),
    events: [event, newer],
    carriers: { carrier: 'a' },
    ...told,
  };

  it.each<Row>([
    ['a record that was in a batch with it', { ...asksAt10, invocations: [inOneBatch, later] }, 1],
    [
      'a sandbox that has had the newer one',
      { ...asksAt10, invocations: [{ ...inOneBatch, messageIds: ['b'], sandbox: 'two' }, later] },
      1,
    ],
    [
      'a sandbox that knows of none',
      { ...asksAt10, invocations: [{ ...inOneBatch, messageIds: ['b'] }, later] },
      0,
    ],
    [
      'a record that was in a batch with another chat’s, and that with the newer one',
      {
        ...asksAt10,
        invocations: [
          { ...inOneBatch, messageIds: ['other', 'b'] },
          { ...later, messageIds: ['carrier', 'other'] },
        ],
      },
      0,
    ],
    [
      'one of sandboxes that nobody tells apart',
      {
        ...asksAt10,
        calls: asksAt10.calls?.map((call) => ({ ...call, sandbox: undefined })) ?? [],
        invocations: [{ ...inOneBatch, messageIds: ['b'] }, later].map(unseen),
      },
      0,
    ],
    [
      'a newer one that yields',
      {
        ...asksAt10,
        events: [event, { ...newer, yields: true }],
        invocations: [inOneBatch, later],
      },
      0,
    ],
    [
      'a death before the older one was deleted',
      { ...asksAt10, invocations: [{ ...inOneBatch, failure: 'killed' }, later] },
      0,
    ],
  ])('judges a call by %s', (_, changes, breaches) => {
    expect(asksAfterNewer(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('untrueOffers', () => {
  const leftAlone = history(asked(0, '8'), looked(30_000, {}));
  const said = history(asked(0, '8'), looked(10_000, { pending: null }));

  it.each<Row>([
    ['a no', { ...said, ...ended('declined', entry('declined', 1, 10_001)) }, 0],
    [
      'a no, where a newer wish asks the same one at once',
      {
        ...history(asked(0, '8'), looked(10_000, { pending: null }), asked(10_030, '08')),
        ...ended('superseded', entry('declined', 1, 10_001)),
      },
      0,
    ],
    [
      'a no that was never said',
      { ...leftAlone, ...ended('declined', entry('declined', 1, 30_001)) },
      1,
    ],
    ['no answer', { ...leftAlone, ...ended('unanswered', entry('unanswered', 1, 30_001)) }, 0],
    [
      'no answer before the time was over',
      { ...leftAlone, ...ended('unanswered', entry('unanswered', 1, 29_000)) },
      1,
    ],
    [
      'an outcome that is not the last answer',
      { ...said, ...ended('unanswered', entry('declined', 1, 10_001)) },
      1,
    ],
    [
      'who was never asked',
      { ...said, ...ended('superseded', entry('declined', 1, 10_001, '9')) },
      1,
    ],
    [
      'a yes',
      {
        ...history(asked(0, '8'), looked(10_000, { owner: 8, pending: null })),
        ...ended('assigned', entry('accepted', 1, 10_001)),
      },
      0,
    ],
    [
      'a yes that was never said',
      { ...said, ...ended('assigned', entry('accepted', 1, 10_001)) },
      1,
    ],
  ])('judges %s', (_, changes, breaches) => {
    expect(untrueOffers(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('looksBeyondSchedule', () => {
  const looks = (count: number) => ({
    ...history(
      asked(0, '8'),
      ...Array.from({ length: count }, (_, index) => looked(1_000 * (index + 1), {})),
    ),
    ...ended('unanswered', entry('unanswered', 1, 30_001)),
    isCalm: true,
  });

  it.each<Row>([
    ['the looks of the schedule', looks(5), 0],
    ['one look more', looks(6), 1],
    ['more looks where something went wrong', { ...looks(6), isCalm: false }, 0],
  ])('judges %s', (_, changes, breaches) => {
    expect(looksBeyondSchedule(keptRecord(changes))).toHaveLength(breaches);
  });
});

describe('offersThatEndLate', () => {
  const endedAt = (milliseconds: number) => ({
    ...history(asked(0, '8'), looked(milliseconds, {})),
    ...ended('unanswered', entry('unanswered', 0, milliseconds)),
    isCalm: true,
  });

  it.each<Row>([
    ['an offer that ends within five seconds of its time', endedAt(34_900), 0],
    ['one that ends after more', endedAt(38_000), 1],
  ])('judges %s', (_, changes, breaches) => {
    expect(offersThatEndLate(keptRecord(changes))).toHaveLength(breaches);
  });
});
