import { describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../../../functions/route-chat/attempt.ts';
import { toResult } from '../../../../functions/route-chat/result-message.ts';
import {
  createResultOutbox,
  type OutgoingResult,
  type SendResults,
} from '../../../../functions/route-chat/result-outbox.ts';
import { routeRequest } from '../../../support/events.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const outgoing = (messageId: string): OutgoingResult => {
  const event = { chatSessionId: 648, toAssociate: '8', source: 's', reason: 'r' };
  const request = routeRequest({ messageId, event, ignoredFields: ['x'] });
  return {
    result: toResult(request, toConclusion({ outcome: 'expired' }), startOfTime),
    messageGroupId: '648',
  };
};
const idsOf = (results: OutgoingResult[]) =>
  results.map(({ result }) => result.eventMessageId).join(' ');

function setUp(expected: number, sendResults: SendResults = async (all) => all.map(() => 'sent')) {
  const clock = createVirtualClock();
  const calls: { at: number; ids: string; results: OutgoingResult[] }[] = [];
  const errors: unknown[] = [];
  const outbox = createResultOutbox({
    expected,
    clock,
    onError: (error) => errors.push(error),
    sendResults: async (results) => {
      calls.push({ at: clock.now() - startOfTime, ids: idsOf(results), results });
      return await sendResults(results);
    },
  });
  const sent = () => calls.map(({ at, ids }) => `${at} ms: ${ids}`);
  return { clock, calls, sent, errors, outbox, send: (id: string) => outbox.send(outgoing(id)) };
}

describe('createResultOutbox', () => {
  it('sends at once where no other result is left to wait for', async () => {
    const { send, sent } = setUp(1);

    expect(await send('a')).toBe(true);
    expect(sent()).toEqual(['0 ms: a']);
  });

  it('lets neighbours share a call', async () => {
    const { send, sent, clock } = setUp(3);

    const told = [send('a')];
    await clock.advance(19);
    told.push(send('b'));
    await clock.advance(1);

    expect(await Promise.all(told)).toEqual([true, true]);
    expect(sent()).toEqual(['20 ms: a b']);
  });

  it('lets nobody wait for a result that takes its time', async () => {
    const { send, sent, clock } = setUp(2);

    await clock.until(send('a'));
    await clock.advance(4_000);
    await send('b');

    expect(sent()).toEqual(['20 ms: a', '4020 ms: b']);
  });

  it('sends those that wait together with the last', async () => {
    const { send, sent, clock } = setUp(2);
    const first = send('a');
    await clock.advance(5);

    await Promise.all([first, send('b')]);

    expect(sent()).toEqual(['5 ms: a b']);
  });

  it('sends at once where the last event goes back instead', async () => {
    const { outbox, send, sent, clock } = setUp(2);
    const first = send('a');
    await clock.advance(5);

    outbox.expectOneLess();
    await first;

    expect(sent()).toEqual(['5 ms: a']);
  });

  it('sends no more than ten a call, and ten at once', async () => {
    const { send, sent, clock } = setUp(13);
    const ids = 'abcdefghijkl'.split('');

    await clock.until(Promise.all(ids.map(send)));

    expect(sent()).toEqual(['0 ms: a b c d e f g h i j', '20 ms: k l']);
  });

  it('tells each event its own fate', async () => {
    const { send } = setUp(3, async () => ['sent', 'not-sent', 'sent']);

    expect(await Promise.all([send('a'), send('b'), send('c')])).toEqual([true, false, true]);
  });

  it('counts none as sent where the call fails, and does not repeat it', async () => {
    const { send, sent, errors } = setUp(2, () => Promise.reject(new Error('throttled')));

    expect(await Promise.all([send('a'), send('b')])).toEqual([false, false]);
    expect(sent()).toHaveLength(1);
    expect(errors).toEqual([new Error('throttled')]);
  });

  it('counts as not sent what nothing is said of', async () => {
    const { send } = setUp(2, async () => ['sent']);

    expect(await Promise.all([send('a'), send('b')])).toEqual([true, false]);
  });

  it('sends an entry that is at fault itself once more, without its free text', async () => {
    const fates = [['sent', 'sender-fault'], ['sent']] as const;
    let call = 0;
    const { send, sent, calls } = setUp(2, async () => [...(fates[call++] ?? [])]);

    expect(await Promise.all([send('a'), send('b')])).toEqual([true, true]);
    expect(sent()).toEqual(['0 ms: a b', '0 ms: b']);
    expect(calls[1]?.results[0]).toEqual({
      messageGroupId: '648',
      result: { ...outgoing('b').result, source: null, reason: null, ignoredFields: [] },
    });
  });

  it('gives up on an entry that is at fault even so', async () => {
    const { send, sent } = setUp(1, async () => ['sender-fault']);

    expect(await send('a')).toBe(false);
    expect(sent()).toHaveLength(2);
  });

  it('gives up on an entry whose second call fails', async () => {
    let call = 0;
    const { send } = setUp(1, async () => {
      if (call++ > 0) throw new Error('throttled');
      return ['sender-fault'];
    });

    expect(await send('a')).toBe(false);
  });
});
