import { describe, expect, it } from '@jest/globals';
import { createBatch } from '../../../../functions/route-chat/batch.ts';
import { toConclusion } from '../../../../functions/route-chat/decide.ts';
import type { OutgoingResult, SendResults } from '../../../../functions/route-chat/outbox.ts';
import { invalidEvent, routeRequest } from '../../../support/events.ts';
import { fakeQueues, takesAll, takesNone } from '../../../support/fake-queues.ts';
import { fakeReport } from '../../../support/fake-report.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const pending = {
  conclusion: toConclusion({ outcome: 'transfer-pending' }),
  at: startOfTime,
};

/** A batch over three result queues; `given` are the faults of any of them. */
function aBatch(given: { [queue in 'others' | 'a' | 'b']?: SendResults } = {}) {
  const clock = createVirtualClock();
  const report = fakeReport();
  const sent: { to: string; results: OutgoingResult[] }[] = [];
  const sendTo =
    (to: 'others' | 'a' | 'b'): SendResults =>
    async (results) => {
      sent.push({ to, results });
      return await (given[to] ?? takesAll)(results);
    };
  const queues = {
    ...fakeQueues(),
    sendResults: sendTo('others'),
    sendResultsOf: new Map([
      ['a', sendTo('a')],
      ['b', sendTo('b')],
    ]),
  };
  const endsAt = clock.now() + 15_000;
  const batch = createBatch(
    { endsAt, latestStart: endsAt },
    { queues, report, clock, random: () => 0 },
  );
  const tell = (messageId: string, source?: string) =>
    batch.tell(
      routeRequest({
        messageId,
        event: { chatSessionId: 648, toAssociate: '8', ...(source !== undefined && { source }) },
      }),
      pending,
    );
  return {
    clock,
    report,
    batch,
    tell,
    sent,
    /** Each send so far: where to, and whose results. */
    sends: () =>
      sent.map(
        ({ to, results }) =>
          `${to}: ${results.map(({ result }) => result.eventMessageId).join(' ')}`,
      ),
  };
}

describe('createBatch with result queues of sources', () => {
  it('sends once to each queue, in the order the results were known', async () => {
    const { tell, sends } = aBatch();

    await Promise.all([
      tell('1', 'a'),
      tell('2'),
      tell('3', 'b:c'),
      tell('4', 'a:b'),
      tell('5', 'A'),
    ]);

    expect(sends()).toEqual(['a: 1 4', 'others: 2 5', 'b: 3']);
  });

  it('sends what an invalid event says of its source there, and the unread to the others', async () => {
    const { batch, sends } = aBatch();
    const told = { ...pending, conclusion: toConclusion({ outcome: 'invalid-event' }) };

    await batch.tell(invalidEvent({ messageId: '1', event: { source: 'a' } }), told);
    await batch.tell(invalidEvent({ messageId: '2' }), told);

    expect(sends()).toEqual(['a: 1', 'others: 2']);
  });

  it.each(['a', 'others'] as const)('lets nobody wait for %s, which hangs', async (hanging) => {
    const { tell, sends } = aBatch({ [hanging]: () => new Promise<never>(() => {}) });
    const left: string[] = [];

    void tell('1', hanging).then(() => left.push('1'));
    const told = await Promise.all([tell('2', 'b'), tell('3', hanging === 'a' ? 'x' : 'a')]);

    expect(told).toEqual([true, true]);
    expect(left).toEqual([]);
    expect(sends()).toHaveLength(3);
  });

  it('sends again to the queue that did not take it, and to no other', async () => {
    let sendsToA = 0;
    const { tell, sends, clock } = aBatch({
      a: async (results) => (++sendsToA < 3 ? takesNone : takesAll)(results),
    });

    const told = await clock.until(Promise.all([tell('1', 'a'), tell('2', 'b'), tell('3')]));

    expect(told).toEqual([true, true, true]);
    expect(sends()).toEqual(['a: 1', 'b: 2', 'others: 3', 'a: 1', 'a: 1']);
  });

  it('brings back the event whose queue takes nothing, and no other', async () => {
    const { tell, batch, sends, clock } = aBatch({ a: takesNone });

    const told = await clock.until(Promise.all([tell('1', 'a'), tell('2', 'b'), tell('3')]));

    expect(told).toEqual([false, true, true]);
    expect((await batch.end()).batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    expect(new Set(sends())).toEqual(new Set(['a: 1', 'b: 2', 'others: 3']));
  });

  it('gives a queue up within half a second, so that the sandbox is free for the others', async () => {
    const { tell, sends, clock } = aBatch({ a: takesNone });

    await clock.until(tell('1', 'a'));

    expect(clock.now() - startOfTime).toBeLessThanOrEqual(500);
    expect(sends()).toEqual(['a: 1', 'a: 1', 'a: 1']);
  });

  it('sends a result that leaves without its source to the queue of that source all the same', async () => {
    let sendsToA = 0;
    const { tell, sends, sent, clock } = aBatch({
      a: async (results) => results.map(() => (++sendsToA === 1 ? 'sender-fault' : 'sent')),
    });

    expect(await clock.until(tell('1', 'a'))).toBe(true);
    expect(sends()).toEqual(['a: 1', 'a: 1']);
    expect(sent[1]?.results[0]?.result.source).toBeNull();
  });

  it('says which queue it was that took nothing, never what else an event says of itself', async () => {
    const fails = () => Promise.reject(new Error('secret text'));
    const { tell, report, clock } = aBatch({ a: fails, others: fails });

    await clock.until(Promise.all([tell('1', 'a:free text'), tell('2', 'free text')]));

    expect(new Set(report.problems)).toEqual(
      new Set([
        'results were not sent {"error":"Error","resultQueueOf":"a"}',
        'results were not sent {"error":"Error"}',
      ]),
    );
  });
});
