import { describe, expect, it } from '@jest/globals';
import { untrueResults } from '../../../promises/truth.ts';
import {
  at,
  invocation,
  keptRecord,
  leftByHand,
  lookCall,
  looked,
  sessionState,
  transferCall,
} from '../../support/run-records.ts';
import {
  newer,
  noChat,
  offered,
  refusedWith,
  type ToldRow,
  told,
  transferred,
} from '../../support/told-records.ts';

const lost = transferCall(50, { status: 503 });
const takesPlace = {
  events: [offered, newer],
  invocations: [invocation(['b']), invocation(['a'])],
};
const nothingApplied = {
  events: [{ ...offered, timeToLiveMs: 200 }],
  sessionStates: [transferred(100, {}, { applied: false })],
};
const has = (owner: number) => ({ owner, pending: null });
/** The first one is asked, and has it from then on. */
const acceptedAt = (milliseconds: number) => [transferred(100), leftByHand(milliseconds, has(8))];
const otherAsked = transferred(120, { pending: 12 }, { target: '012' });

describe('untrueResults', () => {
  it.each<ToldRow>([
    [
      'pending, as an offer goes on from there',
      { sessionStates: [transferred(100), looked(140, has(8))] },
    ],
    ['assigned, though who was asked does not have it', told('assigned')],
    ['assigned, though there is no chat', { sessionStates: [noChat], ...told('assigned') }],
    [
      'expired, though the first one may have been asked',
      { ...nothingApplied, calls: [lost, transferCall(60, { target: '9' })], ...told('expired') },
    ],
    [
      'expired, though the first one may have been asked, and a repeat was put off',
      { ...nothingApplied, calls: [lost, transferCall(60, { status: 429 })], ...told('expired') },
    ],
    [
      'expired, though the first one may have been asked after an answer',
      { ...nothingApplied, calls: [transferCall(40), lost], ...told('expired') },
    ],
    ['unknown, before the time of who was asked is over', told('unknown', {}, 30_049)],
    [
      'superseded, though accepted a second before',
      { ...takesPlace, sessionStates: acceptedAt(1_000), ...told('superseded', {}, 2_000) },
    ],
    [
      'superseded by one that nobody received',
      { ...takesPlace, invocations: [invocation(['a'])], ...told('superseded') },
    ],
    [
      'superseded by one that was received later',
      {
        ...takesPlace,
        invocations: [invocation(['a']), { ...invocation(['b']), startedAt: at(201) }],
        ...told('superseded'),
      },
    ],
    ['declined, though another was asked', { sessionStates: [otherAsked], ...told('declined') }],
    [
      'unanswered, though nobody saw that they were asked',
      { sessionStates: [leftByHand(100, {})], ...told('unanswered') },
    ],
    [
      'unanswered, before they were asked',
      { sessionStates: [transferred(151)], ...told('unanswered') },
    ],
  ])('takes for untrue of an offer: %s', (_, changes) => {
    expect(untrueResults(keptRecord({ events: [offered], ...changes }))).toHaveLength(1);
  });

  it.each<ToldRow>([
    [
      'assigned to the next one, and ended since',
      {
        sessionStates: [transferred(100), looked(140, { ...has(9), status: 'Closed' })],
        ...told('assigned'),
      },
    ],
    [
      'failed, told once the chat is back in its queue',
      { calls: [transferCall(100, { status: 404 })], ...told('failed', refusedWith(404), 60_000) },
    ],
    [
      'failed, as a pick-up was refused',
      {
        calls: [
          lookCall(50),
          transferCall(100, { route: 'pickup', target: undefined, status: 403 }),
        ],
        ...told('failed', refusedWith(403)),
      },
    ],
    [
      'failed, whatever became of the question to the one before',
      {
        calls: [lost, transferCall(100, { target: '9', status: 404 })],
        ...told('failed', refusedWith(404)),
      },
    ],
    [
      'expired, as asking did nothing',
      { ...nothingApplied, calls: [transferCall()], ...told('expired') },
    ],
    [
      'expired, as a second answer says that asking did nothing',
      { ...nothingApplied, calls: [lost, transferCall(60)], ...told('expired') },
    ],
    ['unknown, as the time of who was asked is over', told('unknown', {}, 30_050)],
    ['superseded', { ...takesPlace, ...told('superseded') }],
    [
      'superseded by one that was received a moment later',
      {
        ...takesPlace,
        invocations: [invocation(['a']), { ...invocation(['b']), startedAt: at(200) }],
        ...told('superseded'),
      },
    ],
    [
      'superseded, as it was accepted too late for its look',
      { ...takesPlace, sessionStates: acceptedAt(1_001), ...told('superseded', {}, 2_000) },
    ],
    [
      'superseded, though accepted, as its look failed',
      {
        ...takesPlace,
        sessionStates: acceptedAt(200),
        ...told('superseded', refusedWith(503), 2_000),
      },
    ],
    [
      'superseded, though accepted, as its look was shown `null`',
      {
        ...takesPlace,
        calls: [transferCall(), lookCall(1_990, { fault: 'null' })],
        sessionStates: acceptedAt(200),
        ...told('superseded', {}, 2_000),
      },
    ],
    [
      'superseded, as it was accepted by whom somebody else had asked',
      {
        ...takesPlace,
        sessionStates: [transferred(100), otherAsked, leftByHand(150, has(12))],
        ...told('superseded', {}, 2_000),
      },
    ],
    [
      'superseded, as there is no chat',
      { ...takesPlace, sessionStates: [noChat], ...told('superseded') },
    ],
    [
      'superseded, as nothing was seen',
      { ...takesPlace, sessionStates: [], ...told('superseded') },
    ],
    ['declined', { sessionStates: [noChat, sessionState()], ...told('declined') }],
    [
      'unanswered, asked at that moment',
      { sessionStates: [transferred(150)], ...told('unanswered') },
    ],
  ])('takes for true of an offer: %s', (_, changes) => {
    expect(untrueResults(keptRecord({ events: [offered], ...changes }))).toEqual([]);
  });
});
