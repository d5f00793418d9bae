import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newestPerChat } from '../../../../functions/route-chat/newest-per-chat.ts';
import type { RouteRequest } from '../../../../functions/route-chat/received-event.ts';
import { routeRequest } from '../../../support/events.ts';
import { running } from '../../../support/offers.ts';

const request = (messageId: string, given: Partial<RouteRequest> & { chat?: number } = {}) =>
  routeRequest({
    messageId,
    event: { chatSessionId: given.chat ?? 648, toAssociate: '8' },
    ...given,
  });

const isRunning = ({ carrier }: RouteRequest) => carrier !== undefined;

const names = (requests: RouteRequest[]) =>
  newestPerChat(requests, isRunning).map(({ newest, superseded }) => [
    newest.messageId,
    superseded.map(({ messageId }) => messageId),
  ]);

describe('newestPerChat', () => {
  it('is nothing for nothing', () => {
    expect(newestPerChat([], isRunning)).toEqual([]);
  });

  it('keeps chats apart, whatever group they came in', () => {
    expect(names([request('a', { chat: 1 }), request('b', { chat: 2 })])).toEqual([
      ['a', []],
      ['b', []],
    ]);
  });

  it('goes by sequence number inside a group, though the digits be more than a double holds', () => {
    const older = request('older', { sequenceNumber: '18849496460467696128' });
    const newer = request('newer', { sequenceNumber: '18849496460467696129', sentAt: 0 });

    expect(names([newer, older])).toEqual([['newer', ['older']]]);
    expect(names([older, newer])).toEqual([['newer', ['older']]]);
  });

  it('lets one that yields give way to any that does not, and to an offer that runs', () => {
    const firm = request('firm', { sequenceNumber: '1' });
    const yielding = (messageId: string, sequenceNumber: string) => ({
      ...request(messageId, { sequenceNumber }),
      event: { chatSessionId: 648, toAssociate: '8', yields: true },
    });
    const carrier = { recordId: 'record', sequenceNumber: '9', offer: running };
    const runningOne = { ...yielding('running', '2'), carrier };
    const [older, newer] = [yielding('older', '3'), yielding('newer', '4')];

    expect(names([older, newer])).toEqual([['newer', ['older']]]);
    expect(names([firm, newer])).toEqual([['firm', ['newer']]]);
    expect(names([newer, runningOne])).toEqual([['running', ['newer']]]);
    expect(names([firm, runningOne, newer])).toEqual([['firm', ['running', 'newer']]]);
  });

  it('compares sequence numbers as numbers', () => {
    const nine = request('nine', { sequenceNumber: '9' });
    const ten = request('ten', { sequenceNumber: '10' });

    expect(names([ten, nine])).toEqual([['ten', ['nine']]]);
  });

  it('goes by sent time between groups, whose sequence numbers say nothing of each other', () => {
    const older = request('older', { messageGroupId: 'x', sequenceNumber: '99', sentAt: 1 });
    const newer = request('newer', { messageGroupId: 'y', sequenceNumber: '1', sentAt: 2 });

    expect(names([newer, older])).toEqual([['newer', ['older']]]);
    expect(names([older, newer])).toEqual([['newer', ['older']]]);
  });

  it('goes by sequence number between groups that were sent to in the same millisecond', () => {
    const older = request('older', { messageGroupId: 'x', sequenceNumber: '9' });
    const newer = request('newer', { messageGroupId: 'y', sequenceNumber: '10' });

    expect(names([newer, older])).toEqual([['newer', ['older']]]);
    expect(names([older, newer])).toEqual([['newer', ['older']]]);
  });

  it('goes by place in the batch where neither tells', () => {
    const [first, second] = [
      request('first', { messageGroupId: 'x' }),
      request('second', { messageGroupId: 'y' }),
    ];
    const unnumbered = { sequenceNumber: null };

    expect(names([first, second])).toEqual([['second', ['first']]]);
    expect(names([request('a', unnumbered), request('b', unnumbered)])).toEqual([['b', ['a']]]);
  });

  it('loses no event and tries none twice', () => {
    const requests = fc.uniqueArray(
      fc.record({
        messageId: fc.uuid(),
        chat: fc.integer({ min: 1, max: 3 }),
        messageGroupId: fc.constantFrom('x', 'y'),
        sequenceNumber: fc.constantFrom('1', '2', '10', null),
        sentAt: fc.integer({ min: 0, max: 2 }),
      }),
      { selector: ({ messageId }) => messageId, maxLength: 10 },
    );

    fc.assert(
      fc.property(requests, (given) => {
        const all = given.map(({ messageId, ...rest }) => request(messageId, rest));
        const chats = newestPerChat(all, isRunning);
        const sorted = chats.flatMap(({ newest, superseded }) => [newest, ...superseded]);
        expect(new Set(sorted)).toEqual(new Set(all));
        expect(sorted).toHaveLength(all.length);
        expect(new Set(chats.map(({ newest }) => newest.event.chatSessionId)).size).toBe(
          chats.length,
        );
      }),
    );
  });
});
