import { describe, expect, it } from '@jest/globals';
import { createBatch } from '../../../../functions/route-chat/batch.ts';
import { type Said, toConclusion } from '../../../../functions/route-chat/decide.ts';
import type { Queues } from '../../../../functions/route-chat/queues.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { invalidEvent, routeRequest } from '../../../support/events.ts';
import { fakeQueues, takesAllBut } from '../../../support/fake-queues.ts';
import { fakeReport } from '../../../support/fake-report.ts';
import { running } from '../../../support/offers.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const timeout = { code: 'timeout', httpStatus: null };
const concluded = (said: Said) => ({ conclusion: toConclusion(said), at: startOfTime });
const pending = concluded({ outcome: 'transfer-pending', session: chatSession() });
const denied = () => Promise.reject(new Error('secret text'));

/** A batch of an invocation that ends so much later. */
function aBatch(given: Partial<Queues> = {}, { endsInMs = 15_000, random = 0.999_999 } = {}) {
  const clock = createVirtualClock();
  const queues = fakeQueues(given);
  const report = fakeReport();
  const endsAt = clock.now() + endsInMs;
  const batch = createBatch(
    { endsAt, latestStart: endsAt },
    { queues, report, clock, random: () => random },
  );
  return { clock, queues, report, batch };
}

describe('tell', () => {
  it('sends the result in the message group of the chat', async () => {
    const { batch, queues } = aBatch();

    expect(await batch.tell(routeRequest({ messageGroupId: 'g' }), pending)).toBe(true);
    expect(queues.batches[0]?.[0]).toMatchObject({
      messageGroupId: '648',
      result: { outcome: 'transfer-pending', eventMessageId: 'message-1' },
    });
  });

  it('sends it in the event’s own group where no chat is known', async () => {
    const { batch, queues } = aBatch();

    await batch.tell(
      invalidEvent({ messageGroupId: 'g' }),
      concluded({ outcome: 'invalid-event' }),
    );

    expect(queues.batches[0]?.[0]?.messageGroupId).toBe('g');
  });

  it('says when it was so, not when it is sent', async () => {
    const { batch, queues } = aBatch();

    await batch.tell(routeRequest(), { ...pending, at: startOfTime - 60_000 });

    expect(queues.batches[0]?.[0]?.result.completedAt).toBe('2026-11-22T08:04:00.000Z');
  });

  it('logs and counts what it told', async () => {
    const { batch, report, clock } = aBatch();
    const session = chatSession({ user: ann, transferTo: ben });
    await clock.advance(12);

    await batch.tell(
      routeRequest({ receiveCount: 3 }),
      concluded({ outcome: 'not-applied', cause: 'unclear', session, actingAs: router }),
    );

    expect(report.lines).toEqual([
      {
        message: 'event',
        requestId: 'message-1',
        eventMessageId: 'message-1',
        chatSessionId: 648,
        outcome: 'not-applied',
        cause: 'unclear',
        error: null,
        httpStatus: 200,
        actingAsId: 7,
        userId: 8,
        transferToId: 9,
        durationMs: 12,
        receiveCount: 3,
      },
    ]);
    expect(report.counts).toEqual(['Result', 'Outcome.not-applied', 'Cause.unclear']);
  });

  it.each([
    ['the error’s', { code: 'http-404', message: 'x', httpStatus: 404 }, chatSession(), 404],
    [
      'the error’s, which may have none',
      { code: 'timeout', message: 'x', httpStatus: null },
      null,
      null,
    ],
    ['200 where SuperOffice showed a session', null, chatSession(), 200],
    ['none where nothing was asked', null, null, null],
  ])('logs as HTTP status %s', async (_, error, session, httpStatus) => {
    const { batch, report } = aBatch();

    await batch.tell(routeRequest(), concluded({ outcome: 'unknown', error, session }));

    expect(report.lines).toMatchObject([{ error: error?.code ?? null, httpStatus }]);
  });

  it('logs an event by its own request id, and of one that is none what it can', async () => {
    const { batch, report } = aBatch();
    const said = concluded({ outcome: 'invalid-event' });

    await batch.tell(invalidEvent({ event: { requestId: 'esc-1' } }), said);

    expect(report.lines).toMatchObject([
      { requestId: 'esc-1', chatSessionId: null, actingAsId: null },
    ]);
  });

  it('counts apart what ends while the tenant does not run, since that is no alarm', async () => {
    const { batch, report } = aBatch();
    const error = { code: 'tenant-not-running', message: '', httpStatus: null };

    await batch.tell(routeRequest(), concluded({ outcome: 'expired', error }));

    expect(report.counts).toEqual(['Result', 'TenantNotRunning', 'Outcome.expired']);
    report.counts.length = 0;
    await batch.tell(
      routeRequest(),
      concluded({ outcome: 'expired', error: { ...error, code: 'timeout' } }),
    );

    expect(report.counts).toEqual(['Result', 'Outcome.expired']);
  });

  it('lets the event go back where its result was not sent', async () => {
    const { batch, report, clock } = aBatch({ sendResults: takesAllBut('message-1') });

    expect(await clock.until(batch.tell(routeRequest(), pending))).toBe(false);
    expect(report.lines).toMatchObject([{ outcome: 'retry', error: 'result-not-sent' }]);
    expect(report.counts).toEqual(['ResultNotSent', 'Retry']);
    expect(await batch.end()).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  });

  it('sends again as long as a send that hangs leaves time for the answer to Lambda', async () => {
    const { batch, queues, clock } = aBatch({ sendResults: denied }, { endsInMs: 4_600 });

    await clock.until(batch.tell(routeRequest(), pending));

    expect(queues.batches).toHaveLength(2);
    expect(clock.now() - startOfTime).toBe(100);
  });

  it('reports a failed call by the name of its error alone', async () => {
    const { batch, report } = aBatch({ sendResults: denied }, { endsInMs: 0 });

    await batch.tell(routeRequest(), pending);

    expect(report.problems).toEqual(['results were not sent {"error":"Error"}']);
  });
});

describe('withdraw', () => {
  it('deletes what was told', async () => {
    const { batch, queues } = aBatch();

    expect(
      await batch.withdraw([routeRequest({ messageId: 'a' }), routeRequest({ messageId: 'b' })]),
    ).toBe(true);
    expect(queues.deleted).toEqual(['a', 'b']);
  });

  it('begins nothing that could not end before Lambda stops the function', async () => {
    const { batch, queues, clock } = aBatch();
    await clock.advance(15_000 - 3_400);

    expect(await batch.withdraw([routeRequest()])).toBe(true);
    await clock.advance(1);

    expect(await batch.withdraw([routeRequest()])).toBe(false);
    expect(queues.deleted).toHaveLength(1);
  });

  it('says where that failed, and reports it by the name of the error alone', async () => {
    const { batch, report } = aBatch({ deleteEvents: denied });

    expect(await batch.withdraw([routeRequest()])).toBe(false);
    expect(report.problems).toEqual(['superseded events were not deleted {"error":"Error"}']);
  });
});

describe('goBack', () => {
  it('logs and counts why there is no result yet', async () => {
    const { batch, report } = aBatch();

    batch.goBack(routeRequest(), { code: 'unavailable', httpStatus: 503 });

    expect(report.lines).toMatchObject([
      { outcome: 'retry', cause: null, error: 'unavailable', httpStatus: 503 },
    ]);
    expect(report.lines[0]).not.toHaveProperty('actingAsId');
    expect(report.counts).toEqual(['Retry']);
  });
});

describe('end', () => {
  it('answers with nobody where everybody was told, and asks SQS for nothing', async () => {
    const { batch, report } = aBatch({ changeVisibility: denied });
    await batch.tell(routeRequest(), pending);

    expect(await batch.end()).toEqual({ batchItemFailures: [] });
    expect(report.problems).toEqual([]);
  });

  it('gives those of one message group the same visibility timeout', async () => {
    const { batch, queues } = aBatch();
    const events = [
      routeRequest({ messageId: 'a', messageGroupId: 'g', receiveCount: 1, sequenceNumber: '2' }),
      routeRequest({ messageId: 'b', messageGroupId: 'g', receiveCount: 5, sequenceNumber: '1' }),
      routeRequest({ messageId: 'c', messageGroupId: 'h', receiveCount: 1 }),
    ];
    for (const event of events) batch.goBack(event, timeout);

    await batch.end();

    expect(queues.changed.map(({ event, seconds }) => [event.messageId, seconds])).toEqual([
      ['a', 5],
      ['b', 5],
      ['c', 1],
    ]);
  });

  it('lets the newest of a message group become visible first, so that no older one goes out alone', async () => {
    const { batch, queues } = aBatch();
    for (const sequenceNumber of ['9', '11', '10']) {
      batch.goBack(routeRequest({ messageId: sequenceNumber, sequenceNumber }), timeout);
    }

    await batch.end();

    expect(queues.changed.map(({ event }) => event.messageId)).toEqual(['11', '10', '9']);
  });

  it('brings an event back in time for a last attempt, and is not hurried by one that is none', async () => {
    const { batch, queues } = aBatch();
    batch.goBack(invalidEvent({ messageId: 'a' }), timeout);
    batch.goBack(routeRequest({ receiveCount: 5, deadline: startOfTime + 3_500 }), timeout);

    await batch.end();

    expect(queues.changed.map(({ seconds }) => seconds)).toEqual([2, 2]);
  });

  it('answers also where the visibility timeouts cannot be changed', async () => {
    const { batch, report } = aBatch({ changeVisibility: denied });
    batch.goBack(routeRequest(), timeout);

    expect(await batch.end()).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(report.problems).toEqual(['visibility timeouts were not changed {"error":"Error"}']);
  });

  it.each([
    [301, [1]],
    [300, []],
  ])(
    'keeps a moment for the answer itself: of %i ms left, changes have %j',
    async (endsInMs, bounds) => {
      const given: number[] = [];
      const { batch } = aBatch(
        { changeVisibility: async (_, withinMs) => void given.push(withinMs) },
        { endsInMs },
      );
      batch.goBack(routeRequest(), timeout);

      const { batchItemFailures } = await batch.end();

      expect(given).toEqual(bounds);
      expect(batchItemFailures).toHaveLength(1);
    },
  );

  it('brings back what is held at its time, or sooner where another of its group goes back', async () => {
    const { batch, queues } = aBatch();
    const held = (messageGroupId: string) =>
      routeRequest({ messageId: 'offer', messageGroupId, carrier: aCarrier(messageGroupId) });
    batch.hold(held('alone'), 5);
    batch.hold(held('648'), 5);
    batch.goBack(routeRequest(), timeout);

    expect(await batch.end()).toEqual({
      batchItemFailures: ['message-1', 'alone', '648'].map((itemIdentifier) => ({
        itemIdentifier,
      })),
    });
    expect(queues.changed.map(({ event, seconds }) => [event.messageGroupId, seconds])).toEqual([
      ['648', 1],
      ['648', 1],
      ['alone', 5],
    ]);
  });
});

const aCarrier = (recordId: string) => ({ recordId, sequenceNumber: '9', offer: running });
