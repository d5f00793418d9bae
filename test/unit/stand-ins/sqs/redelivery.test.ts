import { describe, expect, it, jest } from '@jest/globals';
import { queueOnClock } from '../../../support/stand-in-queue.ts';

describe('FifoQueue: redelivering', () => {
  it('hands a message out again with the count it had, while it is in flight', () => {
    const { queue, send, pass } = queueOnClock();
    send('a:1');
    const [first] = queue.receive();
    pass(1);

    if (first) queue.redeliver(first);

    const [again] = queue.receive();
    expect(first?.receiveCount).toBe(1);
    expect(again).toEqual({
      ...first,
      firstReceivedAt: (first?.firstReceivedAt ?? 0) + 1000,
      receivedAt: (first?.receivedAt ?? 0) + 1000,
      visibleAt: (first?.visibleAt ?? 0) + 1000,
    });
  });

  it('hands a message out again that was deleted, once, in its place', () => {
    const { queue, send, bodies } = queueOnClock();
    send('a:1', 'a:2');
    const [first] = queue.receive();
    queue.delete(first?.receiptHandle ?? '');

    if (first) queue.redeliver(first);

    expect(bodies()).toEqual(['a:1', 'a:2']);
    expect(bodies()).toEqual([]);
  });

  it('keeps the first receive of a message that had more than one', () => {
    const { queue, send, pass } = queueOnClock();
    send('a:1');
    const [first] = queue.receive();
    pass(30);
    const [second] = queue.receive();

    if (second) queue.redeliver(second);

    const [again] = queue.receive();
    expect(again).toMatchObject({ receiveCount: 2, firstReceivedAt: first?.firstReceivedAt });
  });

  it('calls whoever listens', () => {
    const { queue, send } = queueOnClock();
    send('a:1');
    const [first] = queue.receive();
    const listener = jest.fn();
    queue.onChange(listener);

    if (first) queue.redeliver(first);

    expect(listener).toHaveBeenCalledTimes(1);
  });
});
