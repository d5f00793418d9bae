import { describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../../../functions/route-chat/decide.ts';
import {
  createOutbox,
  type OutgoingResult,
  type SendResults,
} from '../../../../functions/route-chat/outbox.ts';
import { toResult } from '../../../../functions/route-chat/result-message.ts';
import { routeRequest } from '../../../support/events.ts';
import { inTurn } from '../../../support/fake-super-office.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const outgoing = (messageId: string): OutgoingResult => {
  const event = { chatSessionId: 648, toAssociate: '8', source: 's', reason: 'r' };
  const request = routeRequest({ messageId, event, ignoredFields: ['x'] });
  return {
    result: toResult(request, toConclusion({ outcome: 'expired' }), startOfTime),
    messageGroupId: '648',
  };
};
const stripped = (messageId: string): OutgoingResult => {
  const { result, messageGroupId } = outgoing(messageId);
  return { messageGroupId, result: { ...result, source: null, reason: null, ignoredFields: [] } };
};
const idsOf = (results: OutgoingResult[]) =>
  results.map(({ result }) => result.eventMessageId).join(' ');

/** An outbox that may send for so long. */
function anOutbox({
  sendResults = async (all) => all.map(() => 'sent'),
  forMs = 1_000,
}: {
  sendResults?: SendResults;
  forMs?: number;
} = {}) {
  const clock = createVirtualClock();
  const calls: { at: number; results: OutgoingResult[] }[] = [];
  const errors: unknown[] = [];
  const outbox = createOutbox({
    latestStart: startOfTime + forMs,
    clock,
    onError: (error) => errors.push(error),
    async sendResults(results) {
      calls.push({ at: clock.now() - startOfTime, results });
      return await sendResults(results);
    },
  });
  const send = (...ids: string[]) => ids.map((id) => outbox.send(outgoing(id)));
  return {
    clock,
    calls,
    errors,
    send,
    /** Resolves once each is sent or given up. */
    ends: (...ids: string[]) => clock.until(Promise.all(send(...ids))),
    sent: () => calls.map(({ at, results }) => `${at} ms: ${idsOf(results)}`),
  };
}

describe('createOutbox', () => {
  it('sends what it is given, at once and only once', async () => {
    const { ends, calls, clock } = anOutbox();

    expect(await ends('a')).toEqual([true]);
    await clock.advance(1_000);
    expect(calls).toEqual([{ at: 0, results: [outgoing('a')] }]);
  });

  it('lets those of one turn share a call, and those of the next have their own', async () => {
    const { ends, sent } = anOutbox();

    await ends('a', 'b');
    await ends('c');

    expect(sent()).toEqual(['0 ms: a b', '0 ms: c']);
  });

  it('lets none wait for a send that is under way', async () => {
    const { send, ends, sent, clock } = anOutbox({
      sendResults: (results) =>
        idsOf(results) === 'a' ? new Promise(() => {}) : Promise.resolve(['sent']),
    });
    void send('a');
    await clock.advance(0);

    expect(await ends('b')).toEqual([true]);
    expect(sent()).toEqual(['0 ms: a', '0 ms: b']);
  });

  it('sends no more than ten a call, the calls side by side', async () => {
    const { send, sent, clock } = anOutbox({ sendResults: () => new Promise(() => {}) });

    void send(...'abcdefghijklmnopqrstu');
    await clock.advance(0);

    expect(sent()).toEqual(['0 ms: a b c d e f g h i j', '0 ms: k l m n o p q r s t', '0 ms: u']);
  });

  it('makes one call of ten, and none of nothing', async () => {
    const { ends, sent } = anOutbox();

    await ends(...'abcdefghij');

    expect(sent()).toEqual(['0 ms: a b c d e f g h i j']);
  });

  it('tells each its own fate, as soon as it is known', async () => {
    const { send, clock } = anOutbox({ sendResults: async () => ['sent', 'not-sent', 'sent'] });
    const told: [string, boolean][] = [];
    for (const [index, isSent] of send('a', 'b', 'c').entries()) {
      void isSent.then((is) => told.push(['abc'.charAt(index), is]));
    }

    await clock.advance(0);

    expect(told).toEqual([
      ['a', true],
      ['c', true],
    ]);
  });

  it('sends again, alone and unchanged, what SQS did not take', async () => {
    const { ends, calls } = anOutbox({ sendResults: inTurn(['sent', 'not-sent'], ['sent']) });

    expect(await ends('a', 'b')).toEqual([true, true]);
    expect(calls).toEqual([
      { at: 0, results: [outgoing('a'), outgoing('b')] },
      { at: 100, results: [outgoing('b')] },
    ]);
  });

  it('sends again, in pauses that double, while there is time; then gives up', async () => {
    const { ends, sent } = anOutbox({ sendResults: async () => ['not-sent'], forMs: 700 });

    expect(await ends('a')).toEqual([false]);
    expect(sent()).toEqual(['0 ms: a', '100 ms: a', '300 ms: a', '700 ms: a']);
  });

  it('starts no send after the latest start', async () => {
    const { ends, sent } = anOutbox({ sendResults: async () => ['not-sent'], forMs: 699 });

    expect(await ends('a')).toEqual([false]);
    expect(sent()).toEqual(['0 ms: a', '100 ms: a', '300 ms: a']);
  });

  it('sends once also where there is no time to send again', async () => {
    const { ends, sent } = anOutbox({ sendResults: async () => ['not-sent'], forMs: -1 });

    expect(await ends('a')).toEqual([false]);
    expect(sent()).toEqual(['0 ms: a']);
  });

  it('counts none as sent where the call fails, says so each time, and never rejects', async () => {
    const denied = new Error('denied');
    const { ends, errors } = anOutbox({ sendResults: () => Promise.reject(denied), forMs: 100 });

    expect(await ends('a', 'b')).toEqual([false, false]);
    expect(errors).toEqual([denied, denied]);
  });

  it('counts as not sent what nothing is said of', async () => {
    const { ends } = anOutbox({ sendResults: async () => ['sent'], forMs: 0 });

    expect(await ends('a', 'b')).toEqual([true, false]);
  });

  it('sends an entry that SQS blames once more without its free text', async () => {
    const { ends, calls } = anOutbox({ sendResults: inTurn(['sent', 'sender-fault'], ['sent']) });

    expect(await ends('a', 'b')).toEqual([true, true]);
    expect(calls.map(({ results }) => results)).toEqual([
      [outgoing('a'), outgoing('b')],
      [stripped('b')],
    ]);
  });

  it('leaves the free text away from then on, whatever becomes of it', async () => {
    const { ends, calls } = anOutbox({
      sendResults: inTurn(['sender-fault'], ['not-sent'], ['sender-fault'], ['sent']),
    });

    expect(await ends('a')).toEqual([true]);
    expect(calls.slice(1).map(({ results }) => results)).toEqual(
      Array.from({ length: 3 }, () => [stripped('a')]),
    );
  });

  it('gives up on an entry that SQS blames even so', async () => {
    const { ends } = anOutbox({ sendResults: async () => ['sender-fault'] });

    expect(await ends('a')).toEqual([false]);
  });
});
