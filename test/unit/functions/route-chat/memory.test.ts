import { describe, expect, it } from '@jest/globals';
import { nothingKnown, toConclusion } from '../../../../functions/route-chat/decide.ts';
import { createMemory } from '../../../../functions/route-chat/memory.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { routeRequest } from '../../../support/events.ts';
import { running } from '../../../support/offers.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

const received = (receiveCount: number, messageId = 'message-1') =>
  routeRequest({ receiveCount, messageId });

const throttled = { code: 'throttled', message: 'Too many calls.', httpStatus: 429 };
const known = { perhapsApplied: false, seen: chatSession(), askedBefore: 9, error: throttled };

const message = { body: '', messageGroupId: '648', deduplicationId: 'message-1:103' };

/** A memory in which the event was received this often, and this was learnt of it then. */
function memoryOf(receiveCount: number, learnt = known) {
  const memory = createMemory();
  memory.recall(received(receiveCount)).known = learnt;
  return memory;
}

describe('createMemory', () => {
  it('knows of nothing at the first receive', () => {
    expect(createMemory().recall(received(1)).known).toEqual(nothingKnown);
  });

  it.each([
    ['surely not applied', known],
    ['perhaps applied', { ...known, perhapsApplied: true }],
  ])('remembers from one receive to the next what was learnt: %s', (_, learnt) => {
    expect(memoryOf(1, learnt).recall(received(2)).known).toEqual(learnt);
    expect(memoryOf(7, learnt).recall(received(8)).known).toEqual(learnt);
  });

  it('counts as perhaps applied an event whose earlier receives it did not see', () => {
    expect(createMemory().recall(received(2)).known).toEqual({
      ...nothingKnown,
      perhapsApplied: true,
    });
  });

  it.each([
    ['is missing', 1, 3],
    ['has the count of the one before', 1, 1],
    ['has the count of the one before', 4, 4],
    ['counts less than the one before', 2, 1],
  ])('counts an event as perhaps applied, and unseen, once a receive %s', (_, before, now) => {
    expect(memoryOf(before).recall(received(now)).known).toEqual({
      ...known,
      perhapsApplied: true,
      seen: undefined,
    });
  });

  it('goes on from the receive after the gap', () => {
    const memory = memoryOf(1);
    memory.recall(received(3)).known = known;

    expect(memory.recall(received(4)).known).toEqual(known);
  });

  it.each([
    [5_000, false],
    [4_999, true],
    [0, true],
    [-60_000, true],
  ])(
    'counts an event first received %i ms past its deadline as perhaps applied: %s',
    (late, is) => {
      const request = routeRequest({
        receiveCount: 3,
        firstReceivedAt: startOfTime,
        deadline: startOfTime - late,
      });

      expect(createMemory().recall(request).known.perhapsApplied).toBe(is);
    },
  );

  it.each([
    ['next', 2],
    ['another', 3],
  ])('believes itself rather than the time of the first receive, at the %s receive', (_, count) => {
    const late = { firstReceivedAt: startOfTime, deadline: startOfTime - 5_000 };
    const memory = createMemory();
    memory.recall(routeRequest(late)).known = { ...known, perhapsApplied: true };

    const { known: then } = memory.recall(routeRequest({ ...late, receiveCount: count }));

    expect(then.perhapsApplied).toBe(true);
  });

  it.each([1, 2, 5])('remembers what was concluded, whatever the receive: %i', (receiveCount) => {
    const memory = createMemory();
    const concluded = { conclusion: toConclusion({ outcome: 'expired' }), at: startOfTime };
    memory.recall(received(1)).concluded = concluded;

    expect(memory.recall(received(receiveCount)).concluded).toBe(concluded);
  });

  it('keeps events apart', () => {
    const memory = createMemory();
    memory.recall(received(1, 'a')).known = known;
    memory.recall(received(1, 'b')).known = { ...known, perhapsApplied: true };

    expect(memory.recall(received(2, 'a')).known.perhapsApplied).toBe(false);
    expect(memory.recall(received(2, 'b')).known.perhapsApplied).toBe(true);
  });

  it('holds 10,000 events, and forgets the one it heard of longest ago', () => {
    const memory = createMemory();
    for (let index = 0; index < 10_000; index += 1) memory.recall(received(1, `m${index}`));
    memory.recall(received(2, 'm0'));

    memory.recall(received(1, 'one more'));

    expect(memory.recall(received(3, 'm0')).known.perhapsApplied).toBe(false);
    expect(memory.recall(received(2, 'm2')).known.perhapsApplied).toBe(false);
    expect(memory.recall(received(2, 'm1')).known.perhapsApplied).toBe(true);
  });

  it('leaves the receives of a carrier out of account', () => {
    const memory = createMemory();
    const carrier = { recordId: 'record', sequenceNumber: '9', offer: running };
    memory.recall(received(1));

    memory.recall({ ...received(5), carrier });

    expect(memory.recall(received(2)).known).toEqual(nothingKnown);
  });

  it.each([
    ['its next receive', [5], {}, true],
    ['its next two', [5, 6], {}, true],
    ['a receive after one that is missing', [6], {}, false],
    ['the same receive once more', [4], {}, false],
    [
      'whatever receive, once its next step is sent',
      [9],
      { next: { message, isSent: true } },
      true,
    ],
    ['one after a gap, its next step not sent', [6], { next: { message, isSent: false } }, false],
  ])('remembers an offer at %s', (_, receiveCounts, more, isRemembered) => {
    const carrier = { recordId: 'record', sequenceNumber: '9', offer: running };
    const memory = createMemory();
    const offer = { recordId: 'record', recordStep: 100, receiveCount: 4, state: running, ...more };
    memory.recall({ ...received(1), carrier }).offer = offer;
    // Those of another record count for nothing.
    memory.recall({ ...received(1), carrier: { ...carrier, recordId: 'another' } });
    memory.recall(received(7));

    const [then] = receiveCounts.map((count) => memory.recall({ ...received(count), carrier }));

    expect(then?.offer).toEqual(isRemembered ? expect.objectContaining(offer) : undefined);
  });

  it.each([
    ['an older one', { sequenceNumber: '1' }, true],
    ['itself', { sequenceNumber: '2' }, false],
    ['a newer one', { sequenceNumber: '3' }, false],
    ['an older one of another group', { sequenceNumber: '1', messageGroupId: 'desk' }, false],
    [
      'an older one of another chat',
      { sequenceNumber: '1', event: { chatSessionId: 649, toAssociate: '8' } },
      false,
    ],
  ])('knows that the newest of a chat has been here: %s', (_, changes, isOutdated) => {
    const memory = createMemory();
    memory.noteNewest(routeRequest({ sequenceNumber: '2' }));
    memory.noteNewest(routeRequest({ sequenceNumber: '1' }));

    expect(memory.isOutdated(routeRequest(changes))).toBe(isOutdated);
  });
});
