import { describe, expect, it } from '@jest/globals';
import { untrueResults } from '../../../promises/truth.ts';
import {
  invocation,
  keptRecord,
  leftByHand,
  lookCall,
  looked,
  seenResult,
  sentEvent,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';
import { newer, notApplied, type ToldRow, told } from '../../support/told-records.ts';

const invalid = { events: [sentEvent({ isInvalid: true })], calls: [] };
const dryRun = { events: [sentEvent({ isDryRun: true })], calls: [lookCall(100)] };
const yielding = sentEvent({ yields: true });
const both = { invocations: [invocation(['a']), invocation(['a', 'b'])] };
const movable = looked(100, { pending: null });

describe('untrueResults', () => {
  it.each<ToldRow>([
    ['pending, though nobody was asked', { sessionStates: [sessionState({ pending: null })] }],
    ['pending, though somebody else was asked', { sessionStates: [sessionState({ pending: 9 })] }],
    ['pending, though the chat had ended', { sessionStates: [sessionState({ status: 'Closed' })] }],
    ['pending, as no call was shown', { sessionStates: [leftByHand(100, {})] }],
    ['pending, more than an invocation after it was so', told('transfer-pending', {}, 15_151)],
    ['pending, before it was so', told('transfer-pending', {}, 49)],
    ['assigned, though it is only pending', told('assigned')],
    ['superseded, though there is no newer one', told('superseded')],
    [
      'superseded by one it never met',
      {
        events: [sentEvent(), newer],
        invocations: [invocation(['a']), invocation(['b'])],
        ...told('superseded'),
      },
    ],
    [
      'superseded by an older one',
      { events: [newer, sentEvent()], ...both, ...told('superseded') },
    ],
    [
      'superseded by an invalid one',
      { events: [sentEvent(), { ...newer, isInvalid: true }], ...both, ...told('superseded') },
    ],
    [
      'superseded by a dry run',
      { events: [sentEvent(), { ...newer, isDryRun: true }], ...both, ...told('superseded') },
    ],
    [
      'superseded by one that yields',
      { events: [sentEvent(), { ...newer, yields: true }], ...both, ...told('superseded') },
    ],
    [
      'superseded by an older one, where both yield',
      { events: [{ ...newer, yields: true }, yielding], ...both, ...told('superseded') },
    ],
    [
      'superseded, though a dry run',
      { ...dryRun, events: [...dryRun.events, newer], ...both, ...told('superseded') },
    ],
    [
      'would transfer, though no dry run',
      { calls: [], sessionStates: [movable], ...told('would-transfer') },
    ],
    [
      "would transfer, though it is another's",
      {
        ...dryRun,
        sessionStates: [looked(100, { owner: 9, pending: null })],
        ...told('would-transfer'),
      },
    ],
    ['pending by the transfer of a dry run', { events: dryRun.events }],
    ['invalid, though it is not', { calls: [], ...told('invalid-event') }],
    ['invalid, though it was transferred', { events: invalid.events, ...told('invalid-event') }],
    ['pending, though invalid', { ...invalid, sessionStates: [looked(100, {})] }],
    ['declined, though no offer', told('declined')],
    ['unanswered, though no offer', told('unanswered')],
    ['a word nobody knows', told('transferred')],
  ])('takes for untrue: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toHaveLength(1);
  });

  it.each<ToldRow>([
    ['pending, an invocation after it was so', told('transfer-pending', {}, 15_150)],
    ['pending, within the tolerance of its clock', told('transfer-pending', {}, 50)],
    [
      'assigned',
      { sessionStates: [sessionState({ owner: 8, pending: null })], ...told('assigned') },
    ],
    ['superseded', { events: [sentEvent(), newer], ...both, ...told('superseded') }],
    [
      'superseded by an offer whose carrier it met',
      {
        events: [sentEvent(), newer],
        invocations: [invocation(['a', 'c'])],
        carriers: { c: 'b' },
        ...told('superseded'),
      },
    ],
    [
      'superseded by an older one that does not yield',
      { events: [newer, yielding], ...both, ...told('superseded') },
    ],
    [
      'superseded by a newer one, where both yield',
      { events: [yielding, { ...newer, yields: true }], ...both, ...told('superseded') },
    ],
    [
      'superseded, though accepted, as it is no offer',
      {
        events: [sentEvent(), newer],
        ...both,
        sessionStates: [sessionState(), leftByHand(200, { owner: 8, pending: null })],
        ...told('superseded', {}, 2_000),
      },
    ],
    [
      'would transfer',
      {
        ...dryRun,
        sessionStates: [looked(50, { owner: 9 }), movable],
        ...told('would-transfer'),
      },
    ],
    ['pending, as a dry run was shown', { ...dryRun, sessionStates: [looked(100, {})] }],
    ['invalid', { ...invalid, ...told('invalid-event') }],
  ])('takes for true: %s', (_, changes) => {
    expect(untrueResults(keptRecord(changes))).toEqual([]);
  });

  it.each<[string, Parameters<typeof keptRecord>[0], string]>([
    ['of no event', { events: [] }, 'has a result, and was never sent'],
    ['with an outcome', told('assigned'), '"assigned" was not so'],
    ['with a cause', notApplied('ended'), '"not-applied (ended)" was not so'],
  ])('says what was untrue: a result %s', (_, changes, says) => {
    expect(untrueResults(keptRecord(changes))).toEqual([{ messageId: 'a', says }]);
  });

  it('judges every result of every event', () => {
    const record = keptRecord({
      events: [sentEvent(), newer],
      calls: [transferCall()],
      results: [
        seenResult(),
        seenResult({ outcome: 'assigned' }),
        seenResult({ eventMessageId: 'b' }),
      ],
    });

    expect(untrueResults(record).map(({ messageId }) => messageId)).toEqual(['a', 'b']);
  });
});
