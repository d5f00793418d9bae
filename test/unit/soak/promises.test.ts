import { describe, expect, it } from '@jest/globals';
import { brokenPromises } from '../../../soak/promises/promises.ts';
import type { Story } from '../../../soak/run-record.ts';
import {
  at,
  foundChat,
  keptStory,
  seenResult,
  sentEvent,
  transferCall,
} from '../../support/soak-story.ts';

const brokenIn = (changes: Partial<Story>) =>
  brokenPromises(keptStory(changes)).map(({ promise }) => promise);

const batch = (messageIds: string[], failure?: string) => ({
  endedAt: at(200),
  messageIds,
  failure,
});
const noneFound = foundChat({ pending: null }, { applied: false });
const newerEvent = sentEvent({ messageId: 'b', target: '09', associateId: 9 });
const newerCall = (milliseconds: number) => transferCall({ at: at(milliseconds), target: '09' });

describe('brokenPromises', () => {
  it('finds nothing where every promise is kept', () => {
    expect(brokenIn({})).toEqual([]);
  });

  it.each<[string, Partial<Story>, string[]]>([
    ['an event without a result', { results: [] }, ['lost']],
    ['an event with two', { results: [seenResult(), seenResult()] }, ['duplicate']],
    [
      'an event with two, five minutes apart',
      {
        results: [
          seenResult(),
          seenResult({ completedAt: seenResult().result.completedAt }, 300_150),
        ],
      },
      [],
    ],
    ['a result of no event', { events: [], results: [seenResult()] }, ['untrue']],
    ['a message that is no result', { unreadable: ['Not a route chat result'] }, ['untrue']],
    ['a dead letter nobody died of', { results: [], deadLetters: ['a'] }, ['dead-lettered']],
    [
      'a dead letter that killed the function often enough',
      {
        results: [],
        deadLetters: ['a'],
        maxReceiveCount: 2,
        kills: 2,
        batches: [batch(['a'], 'killed'), batch(['a'], 'killed')],
      },
      [],
    ],
    [
      'an older wish after a newer one',
      {
        events: [sentEvent(), newerEvent],
        results: [seenResult()],
        calls: [newerCall(50), transferCall()],
      },
      ['lost', 'out of order'],
    ],
    [
      'an older wish before a newer one',
      { events: [sentEvent(), newerEvent], calls: [transferCall(), newerCall(150)] },
      ['lost'],
    ],
    [
      'an older wish after a newer one of another group',
      {
        events: [sentEvent(), { ...newerEvent, groupId: 'desk' }],
        calls: [newerCall(50), transferCall()],
      },
      ['lost'],
    ],
    [
      'a call after its deadline',
      {
        events: [sentEvent({ timeToLiveMs: 1_000 })],
        calls: [transferCall(), transferCall({ at: at(1_501) })],
      },
      ['too late'],
    ],
    [
      'eleven calls in a second',
      { calls: Array.from({ length: 11 }, () => transferCall()) },
      ['too fast'],
    ],
    ['a ticket in the log', { leaks: ['the log says "7T:"'] }, ['indiscreet']],
    [
      'a function that timed out',
      { batches: [batch(['a'], 'Sandbox.Timedout')] },
      ['function failed'],
    ],
    ['a function that died unkilled', { batches: [batch(['a'], 'killed')] }, ['function failed']],
    ['a function that was killed', { batches: [batch(['a'], 'killed')], kills: 1 }, []],
    ['an attempt that threw', { bugs: 1 }, ['function failed']],
  ])('judges %s', (_, changes, promises) => {
    expect(brokenIn(changes)).toEqual(promises);
  });

  it.each<[string, Partial<Story>]>([
    ['pending, though nobody was asked', { found: [noneFound] }],
    ['pending, though somebody else was asked', { found: [foundChat({ pending: 9 })] }],
    ['pending, though the chat had ended', { found: [foundChat({ status: 'Closed' })] }],
    ['pending, long after it was so', { results: [seenResult({}, 20_000)] }],
    ['pending, before it was so', { found: [foundChat({}, { at: at(300) })] }],
    ['assigned, though it is only pending', { results: [seenResult({ outcome: 'assigned' })] }],
    [
      'not applied, though it was',
      {
        found: [foundChat({ pending: null }, { at: at(50), target: undefined }), foundChat()],
        results: [seenResult({ outcome: 'not-applied', cause: 'unclear' })],
      },
    ],
    [
      'not applied for a cause that was none',
      { found: [noneFound], results: [seenResult({ outcome: 'not-applied', cause: 'ended' })] },
    ],
    [
      'failed, though SuperOffice did not refuse',
      { results: [seenResult({ outcome: 'failed', error: errorOf(404) })] },
    ],
    [
      'expired, though one of its calls took effect',
      {
        events: [sentEvent({ timeToLiveMs: 1_000 })],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'expired, long before its deadline',
      { calls: [], found: [], results: [seenResult({ outcome: 'expired' })] },
    ],
    [
      'unknown, though SuperOffice had refused',
      {
        events: [sentEvent({ timeToLiveMs: 1_000 })],
        calls: [transferCall({ status: 429 })],
        results: [seenResult({ outcome: 'unknown' })],
      },
    ],
    [
      'superseded, though there is no newer one',
      { results: [seenResult({ outcome: 'superseded' })] },
    ],
    ['invalid, though it is not', { results: [seenResult({ outcome: 'invalid-event' })] }],
    ['a word nobody knows', { results: [seenResult({ outcome: 'transferred' })] }],
  ])('takes for untrue: %s', (_, changes) => {
    expect(brokenIn(changes)).toEqual(['untrue']);
  });

  it.each<[string, Partial<Story>]>([
    [
      'assigned',
      {
        found: [foundChat({ owner: 8, pending: null })],
        results: [seenResult({ outcome: 'assigned' })],
      },
    ],
    [
      'not applied, after it had been rejected',
      {
        found: [foundChat(), foundChat({ pending: null }, { at: at(120), applied: false })],
        results: [seenResult({ outcome: 'not-applied', cause: 'unclear' })],
      },
    ],
    [
      'not applied, as SuperOffice said `null`',
      {
        calls: [transferCall({ fault: 'null' })],
        found: [],
        results: [seenResult({ outcome: 'not-applied', cause: 'no-session' })],
      },
    ],
    [
      'failed',
      {
        calls: [transferCall({ status: 404 })],
        found: [],
        results: [seenResult({ outcome: 'failed', error: errorOf(404) })],
      },
    ],
    [
      'expired',
      {
        events: [sentEvent({ timeToLiveMs: 1_000 })],
        calls: [transferCall({ status: 429 })],
        found: [],
        results: [seenResult({ outcome: 'expired' })],
      },
    ],
    [
      'superseded',
      {
        events: [sentEvent(), newerEvent],
        results: [
          seenResult({ outcome: 'superseded' }),
          seenResult({ eventMessageId: 'b', outcome: 'transfer-pending' }),
        ],
        calls: [newerCall(100)],
        found: [foundChat({ pending: 9 }, { target: '09' })],
        batches: [batch(['a', 'b'])],
      },
    ],
  ])('takes for true: %s', (_, changes) => {
    expect(brokenIn(changes)).toEqual([]);
  });
});

function errorOf(httpStatus: number) {
  return { code: `http-${httpStatus}`, message: 'SuperOffice refused.', httpStatus };
}
