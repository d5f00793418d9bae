import { describe, expect, it, jest } from '@jest/globals';
import { comesBackMs, comesBackSooner } from '../../../soak/sooner-visible.ts';
import { toSqsEvent } from '../../../stand-ins/event-source-mapping/sqs-event.ts';
import { FifoQueue } from '../../../stand-ins/sqs/fifo-queue.ts';

const timers = { now: 0 };

/** A queue whose first message was received by a sandbox that has since been killed. */
function killed() {
  const queue = new FifoQueue({
    name: 'events.fifo',
    now: () => timers.now,
    visibilityTimeoutSeconds: 90,
    contentBasedDeduplication: true,
  });
  queue.send({ body: 'one', groupId: '648' });
  const messages = queue.receive();
  const event = toSqsEvent(messages, queue.arn);
  const left = messages.map(({ messageId }) => messageId);
  const outcome = { kind: 'failed', error: new Error('killed') } as const;
  comesBackSooner(queue, () => 0)({ event, outcome, deleted: [], left });
  return { queue, receiptHandle: messages[0]?.receiptHandle ?? '' };
}

describe('comesBackSooner', () => {
  const pass = (milliseconds: number) => {
    timers.now += milliseconds;
    jest.advanceTimersByTime(milliseconds);
  };

  it('hands out again what a batch left behind, but not at once', () => {
    jest.useFakeTimers();
    const { queue } = killed();

    pass(comesBackMs.least - 1);
    const early = queue.receive();
    pass(1);

    expect(early).toEqual([]);
    expect(queue.receive()).toHaveLength(1);
    jest.useRealTimers();
  });

  it('leaves a visibility timeout alone that the function has set', () => {
    jest.useFakeTimers();
    const { queue, receiptHandle } = killed();
    queue.changeVisibility(receiptHandle, 5);

    pass(comesBackMs.least);
    const early = queue.receive();
    pass(5_000 - comesBackMs.least);

    expect(early).toEqual([]);
    expect(queue.receive()).toHaveLength(1);
    jest.useRealTimers();
  });
});
