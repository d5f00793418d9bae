import { describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../../../functions/route-chat/attempt.ts';
import { createSettlement } from '../../../../functions/route-chat/settlement.ts';
import { fakeQueues, fakeReport } from '../../../support/batch-world.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { invalidEvent, routeRequest } from '../../../support/events.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const inTime = startOfTime + 15_000;
const timeout = { code: 'timeout', httpStatus: null };
const pending = toConclusion({ outcome: 'transfer-pending', session: chatSession() });

function setUp(size: number, faults: Parameters<typeof fakeQueues>[0] = {}, random = 0.999_999) {
  const clock = createVirtualClock();
  const queues = fakeQueues(faults);
  const report = fakeReport();
  const settlement = createSettlement({ queues, report, clock, random: () => random, size });
  return { clock, queues, report, settlement };
}

describe('tell', () => {
  it('sends the result in the message group of the chat', async () => {
    const { settlement, queues } = setUp(1);

    expect(await settlement.tell(routeRequest({ messageGroupId: 'g' }), pending)).toBe(true);
    expect(queues.batches[0]?.[0]).toMatchObject({
      messageGroupId: '648',
      result: { outcome: 'transfer-pending', eventMessageId: 'message-1' },
    });
  });

  it('sends it in the event’s own group where no chat is known', async () => {
    const { settlement, queues } = setUp(1);

    await settlement.tell(
      invalidEvent({ messageGroupId: 'g' }),
      toConclusion({ outcome: 'invalid-event' }),
    );

    expect(queues.batches[0]?.[0]?.messageGroupId).toBe('g');
  });

  it('logs and counts what it told', async () => {
    const { settlement, report } = setUp(1);
    const conclusion = { ...pending, outcome: 'not-applied', cause: 'unclear' } as const;

    await settlement.tell(routeRequest({ receiveCount: 3 }), conclusion);

    expect(report.lines).toEqual([
      {
        requestId: 'message-1',
        eventMessageId: 'message-1',
        chatSessionId: 648,
        outcome: 'not-applied',
        cause: 'unclear',
        error: null,
        httpStatus: 200,
        durationMs: 0,
        receiveCount: 3,
      },
    ]);
    expect(report.counts).toEqual(['Outcome.not-applied', 'Cause.unclear']);
  });

  it('lets the event go back where its result was not sent', async () => {
    const { settlement, report } = setUp(1, { sendResults: async () => ['not-sent'] });

    expect(await settlement.tell(routeRequest(), pending)).toBe(false);
    expect(report.lines).toMatchObject([{ outcome: 'retry', error: 'result-not-sent' }]);
    expect(report.counts).toEqual(['Retry']);
    expect(await settlement.close(inTime)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });

  it('reports a failed call by the name of its error alone', async () => {
    const error = Object.assign(new Error('arn:aws:sqs:secret'), { name: 'QueueDoesNotExist' });
    const { settlement, report } = setUp(1, { sendResults: () => Promise.reject(error) });

    await settlement.tell(routeRequest(), pending);

    expect(report.problems).toEqual(['results were not sent {"error":"QueueDoesNotExist"}']);
  });
});

describe('goBack', () => {
  it('leaves results that wait for no more to leave at once', async () => {
    const { settlement, clock } = setUp(2);
    const told = settlement.tell(routeRequest({ messageId: 'a' }), pending);

    settlement.goBack(routeRequest({ messageId: 'b' }), timeout);

    expect(await told).toBe(true);
    expect(clock.now()).toBe(startOfTime);
  });
});

describe('close', () => {
  it('answers with nobody where everybody was told', async () => {
    const { settlement, queues } = setUp(1);
    await settlement.tell(routeRequest(), pending);

    expect(await settlement.close(inTime)).toEqual({ batchItemFailures: [] });
    expect(queues.changed).toEqual([]);
  });

  it('gives those of one message group the same visibility timeout', async () => {
    const { settlement, queues } = setUp(3);
    const events = [
      routeRequest({ messageId: 'a', messageGroupId: 'g', receiveCount: 1, sequenceNumber: '2' }),
      routeRequest({ messageId: 'b', messageGroupId: 'g', receiveCount: 5, sequenceNumber: '1' }),
      routeRequest({ messageId: 'c', messageGroupId: 'h', receiveCount: 1 }),
    ];
    for (const event of events) settlement.goBack(event, timeout);

    await settlement.close(inTime);

    expect(queues.changed.map(({ event, seconds }) => [event.messageId, seconds])).toEqual([
      ['a', 5],
      ['b', 5],
      ['c', 1],
    ]);
  });

  it('lets the newest of a message group become visible first, so that no older one goes out alone', async () => {
    const { settlement, queues } = setUp(3);
    for (const sequenceNumber of ['9', '11', '10']) {
      settlement.goBack(routeRequest({ messageId: sequenceNumber, sequenceNumber }), timeout);
    }

    await settlement.close(inTime);

    expect(queues.changed.map(({ event }) => event.messageId)).toEqual(['11', '10', '9']);
  });

  it('brings an event back in time for a last attempt', async () => {
    const { settlement, queues } = setUp(1);
    settlement.goBack(routeRequest({ receiveCount: 5, deadline: startOfTime + 3_500 }), timeout);

    await settlement.close(inTime);

    expect(queues.changed).toMatchObject([{ seconds: 2 }]);
  });

  it('answers also where the visibility timeouts cannot be changed', async () => {
    const { settlement, report } = setUp(1, {
      changeVisibility: () => Promise.reject(new Error('x')),
    });
    settlement.goBack(routeRequest(), timeout);

    expect(await settlement.close(inTime)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
    expect(report.problems).toEqual(['visibility timeouts were not changed {"error":"Error"}']);
  });

  it('keeps a moment for the answer itself, and changes nothing where none is left', async () => {
    const bounds: number[] = [];
    const faults = {
      changeVisibility: async (_: unknown, withinMs: number) => void bounds.push(withinMs),
    };
    const [roomy, tight] = [setUp(1, faults), setUp(1, faults)];
    roomy.settlement.goBack(routeRequest(), timeout);
    tight.settlement.goBack(routeRequest(), timeout);

    await roomy.settlement.close(startOfTime + 301);
    const { batchItemFailures } = await tight.settlement.close(startOfTime + 300);

    expect(bounds).toEqual([1]);
    expect(batchItemFailures).toHaveLength(1);
  });
});
