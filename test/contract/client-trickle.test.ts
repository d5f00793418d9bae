import { describe, expect, it } from '@jest/globals';
import { sendRouteChatEvents } from '../../client/send-route-chat-events.ts';
import { eventQueueForEach, eventsFor, sendError, tally } from '../support/event-queue.ts';
import { until } from '../support/until.ts';

describe('sendRouteChatEvents with trickle', () => {
  const eventQueue = eventQueueForEach();

  it('sends events one by one, and looks at the queue before each', async () => {
    const { sqs, to } = eventQueue();
    const sentAt: number[] = [];
    sqs.setFault(({ action }) => {
      if (action === 'SendMessageBatch') sentAt.push(performance.now());
      return undefined;
    });

    await sendRouteChatEvents(eventsFor(4), { ...to, trickle: { perSecond: 20 } });

    expect(sqs.calls).toEqual({ SendMessageBatch: 4, GetQueueAttributes: 4 });
    // Three times 50 ms, less what the first may have been late.
    expect((sentAt[3] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThan(100);
  });

  it('counts what is in flight, and goes on once the queue is short', async () => {
    const { sqs, queue, to, held } = eventQueue();
    await sendRouteChatEvents(eventsFor(3), to);
    const [first] = queue.receive();
    const sending = sendRouteChatEvents([{ chatSessionId: 99, toAssociate: 8 }], {
      ...to,
      trickle: { whileDepthBelow: 3, perSecond: 20 },
    });
    await until('a second look', () => sqs.calls.GetQueueAttributes === 2);
    const before = held().length;

    queue.delete(first?.receiptHandle ?? '');
    await sending;

    expect(before).toBe(3);
    expect(held().map(({ groupId }) => groupId)).toEqual(['2', '3', '99']);
  });

  it('names what was not sent when it is aborted while the queue is full', async () => {
    const { sqs, to, held } = eventQueue();
    await sendRouteChatEvents(eventsFor(2), to);
    const aborting = new AbortController();
    const sending = sendError(
      sendRouteChatEvents(eventsFor(3), {
        ...to,
        signal: aborting.signal,
        trickle: { whileDepthBelow: 2 },
      }),
    );
    await until('a look', () => sqs.calls.GetQueueAttributes === 1);

    aborting.abort();

    expect(tally(await sending)).toEqual({ 'not-sent': 3 });
    expect(held()).toHaveLength(2);
  });

  it('sends nothing where it may not see how long the queue is', async () => {
    const { sqs, to } = eventQueue();
    sqs.setFault(({ action }) =>
      action === 'GetQueueAttributes'
        ? { kind: 'error', status: 403, code: 'AccessDenied' }
        : undefined,
    );

    const error = await sendError(sendRouteChatEvents(eventsFor(2), { ...to, trickle: {} }));

    expect(tally(error)).toEqual({ 'not-sent': 2 });
    expect(error.cause).toMatchObject({ name: 'AccessDenied' });
    expect(sqs.calls).toEqual({ GetQueueAttributes: 1 });
  });
});
