import { describe, expect, it, jest } from '@jest/globals';
import { queueOnClock } from '../../../support/stand-in-queue.ts';

describe('FifoQueue: sending', () => {
  it('gives each message an id and a higher sequence number of 20 digits', () => {
    const { send } = queueOnClock();

    const [first, second] = send('a:1', 'a:2');

    expect(first).toEqual({
      messageId: 'events-1',
      sequenceNumber: expect.stringMatching(/^\d{20}$/),
      duplicate: false,
    });
    expect((second?.sequenceNumber ?? '') > (first?.sequenceNumber ?? '')).toBe(true);
  });

  it.each([
    ['the body', {}],
    ['the deduplication id', { deduplicationId: 'same' }],
  ])('accepts a repeat of %s with what the original got, and enqueues nothing', (_, same) => {
    const { queue } = queueOnClock();
    const original = queue.send({ body: 'x', groupId: 'a', ...same });

    const repeat = queue.send({ body: 'x', groupId: 'b', ...same });

    expect(repeat).toEqual({ ...original, duplicate: true });
    expect(queue.depth()).toEqual({ visible: 1, inFlight: 0 });
  });

  it('knows a duplicate of a deleted message, for five minutes from the first', () => {
    const { queue, send, pass } = queueOnClock();
    send('a:1');
    for (const { receiptHandle } of queue.receive()) queue.delete(receiptHandle);

    pass(299.999);
    const [inside] = send('a:1');
    pass(0.001);
    const [outside] = send('a:1');

    expect([inside?.duplicate, outside?.duplicate]).toEqual([true, false]);
  });

  it('wants a deduplication id where the body does not stand for one', () => {
    const { queue } = queueOnClock({ contentBasedDeduplication: false });

    const send = () => queue.send({ body: 'x', groupId: 'a' });

    expect(send).toThrow(expect.objectContaining({ code: 'InvalidParameterValue' }));
  });
});

describe('FifoQueue: receiving', () => {
  it('hands out as many as possible of one group, in order, then of others', () => {
    const { send, bodies } = queueOnClock();
    send('a:1', 'b:1', 'a:2', 'b:2', 'a:3');

    expect(bodies(4)).toEqual(['a:1', 'a:2', 'a:3', 'b:1']);
  });

  it('hands out one message unless asked for more', () => {
    const { queue, send } = queueOnClock();
    send('a:1', 'a:2');

    expect(queue.receive()).toHaveLength(1);
  });

  it('holds a group back while its first message is in flight', () => {
    const { send, bodies } = queueOnClock();
    send('a:1', 'a:2', 'b:1');
    bodies(1);

    expect(bodies()).toEqual(['b:1']);
    expect(bodies()).toEqual([]);
  });

  it('holds the rest of a group back after a part of what was received is deleted', () => {
    const { queue, send, bodies } = queueOnClock();
    send('a:1', 'a:2', 'a:3');
    const [first, second] = queue.receive({ max: 2 });

    queue.delete(first?.receiptHandle ?? '');
    const afterOne = bodies();
    queue.delete(second?.receiptHandle ?? '');

    expect([afterOne, bodies()]).toEqual([[], ['a:3']]);
  });

  it('keeps the send order after messages came back', () => {
    const { send, bodies, pass } = queueOnClock();
    send('a:1', 'a:2');
    bodies();
    send('a:3');
    pass(30);

    expect(bodies()).toEqual(['a:1', 'a:2', 'a:3']);
  });

  it('serves the group that has waited longest first', () => {
    const { send, bodies, pass } = queueOnClock();
    send('a:1', 'b:1', 'c:1');
    bodies(2);
    pass(30);

    expect(bodies()).toEqual(['c:1', 'a:1', 'b:1']);
  });

  it('counts receives and remembers the first', () => {
    const { queue, send, pass, now } = queueOnClock();
    send('a:1');
    const sentAt = now();
    pass(1);
    queue.receive();
    pass(30);

    const [message] = queue.receive();

    expect(message).toMatchObject({ receiveCount: 2, sentAt, firstReceivedAt: sentAt + 1000 });
  });

  it('may hand out less of a group, as AWS may', () => {
    const { queue, send, bodies, pass } = queueOnClock({ splitAt: (size) => size - 1 });
    send('a:1', 'a:2', 'a:3', 'b:1');

    const split = [bodies(), bodies()];
    pass(30);
    const [one] = [queue.receive({ max: 10, splitAt: () => 0 }).map(({ body }) => body)];

    expect(split).toEqual([['a:1', 'a:2', 'b:1'], []]);
    expect(one).toEqual(['a:1', 'b:1']);
  });

  it('drops what has been kept for the retention period', () => {
    const { queue, send, pass } = queueOnClock({ retentionSeconds: 60 });
    send('a:1');
    queue.receive();

    pass(60);

    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0 });
  });
});

describe('FifoQueue: a message returned before others received with it', () => {
  const receiveThree = (options = {}) => {
    const fixture = queueOnClock(options);
    fixture.send('a:1', 'a:2', 'a:3', 'a:4');
    const handles = fixture.queue.receive({ max: 3 }).map(({ receiptHandle }) => receiptHandle);
    return { ...fixture, handles };
  };

  it.each([
    [0, []],
    [1, ['a:1']],
    [2, ['a:1', 'a:2']],
  ])('lets only what was sent before it pass while message %i is held longer', (held, expected) => {
    const { queue, handles, bodies, pass } = receiveThree();

    queue.changeVisibility(handles[held] ?? '', 60);
    pass(30);

    expect(bodies()).toEqual(expected);
  });

  it('comes back alone, though later ones are in flight', () => {
    const { queue, handles, bodies } = receiveThree();

    queue.changeVisibility(handles[0] ?? '', 0);

    expect(queue.nextVisibleAt()).toBe(queue.options.now());
    expect(bodies()).toEqual(['a:1']);
  });

  it('waits for all of its group where any message in flight blocks the whole', () => {
    const { queue, handles, bodies, pass, now } = receiveThree({ inFlightBlocks: 'whole-group' });

    queue.changeVisibility(handles[0] ?? '', 0);
    const [atOnce, next] = [bodies(), queue.nextVisibleAt()];
    pass(30);

    expect([atOnce, next]).toEqual([[], now()]);
    expect(bodies()).toEqual(['a:1', 'a:2', 'a:3', 'a:4']);
  });
});

describe('FifoQueue: receipt handles', () => {
  const receiveOne = () => {
    const fixture = queueOnClock();
    fixture.send('a:1');
    const [message] = fixture.queue.receive();
    return { ...fixture, handle: message?.receiptHandle ?? '' };
  };
  const refusal = (code: string) => expect.objectContaining({ code });

  it('are refused for deletion once their time is over', () => {
    const { queue, handle, pass } = receiveOne();

    pass(30);

    expect(() => queue.delete(handle)).toThrow(/The receipt handle has expired/);
  });

  it('are refused once the message was received again, and harm nothing', () => {
    const { queue, handle, pass } = receiveOne();
    pass(30);
    queue.receive();

    expect(() => queue.delete(handle)).toThrow(refusal('InvalidParameterValue'));
    expect(() => queue.changeVisibility(handle, 0)).toThrow(refusal('InvalidParameterValue'));
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 1 });
  });

  it('delete again without complaint', () => {
    const { queue, handle } = receiveOne();
    queue.delete(handle);

    expect(() => queue.delete(handle)).not.toThrow();
  });

  it('change visibility only while the message is in flight', () => {
    const { queue, handle, pass } = receiveOne();
    pass(30);

    expect(() => queue.changeVisibility(handle, 5)).toThrow(refusal('MessageNotInflight'));
  });

  it.each([-1, 43_201, 1.5])('refuse a visibility timeout of %d seconds', (seconds) => {
    const { queue, handle } = receiveOne();

    expect(() => queue.changeVisibility(handle, seconds)).toThrow(refusal('InvalidParameterValue'));
  });

  it('hold a message for 12 hours from its receive at most', () => {
    const { queue, handle, pass } = receiveOne();
    pass(1);

    expect(() => queue.changeVisibility(handle, 43_200)).toThrow(/beyond the limit/);
    expect(() => queue.changeVisibility(handle, 43_199)).not.toThrow();
  });

  it.each(['garbage', 'W10', ''])('are refused when nobody gave them out: "%s"', (handle) => {
    const { queue } = queueOnClock();

    expect(() => queue.delete(handle)).toThrow(refusal('ReceiptHandleIsInvalid'));
  });
});

describe('FifoQueue: redrive', () => {
  it('moves a message instead of receiving it once more than allowed', () => {
    const { create, queue: deadLetterQueue, pass } = queueOnClock();
    const redrive = { deadLetterQueue, maxReceiveCount: 2 };
    const queue = create('source.fifo', { redrive });
    queue.send({ body: 'first', groupId: 'a', attributes: { k: { DataType: 'String' } } });
    queue.send({ body: 'second', groupId: 'a' });
    for (let receive = 1; receive <= 2; receive += 1) {
      queue.receive();
      pass(30);
    }

    const received = queue.receive();

    expect(received).toMatchObject([{ body: 'second', receiveCount: 1 }]);
    expect(deadLetterQueue.receive({ max: 10 })).toMatchObject([
      {
        messageId: 'source-1',
        body: 'first',
        groupId: 'a',
        attributes: { k: { DataType: 'String' } },
        receiveCount: 3,
        deadLetterSourceArn: queue.arn,
      },
    ]);
  });
});

describe('FifoQueue: knowing when to look', () => {
  it('names the moment a receive can find something', () => {
    const { queue, send, pass, now } = queueOnClock();

    const empty = queue.nextVisibleAt();
    send('a:1', 'a:2');
    const atOnce = queue.nextVisibleAt();
    queue.receive();
    pass(10);

    expect([empty, atOnce, queue.nextVisibleAt()]).toEqual([
      undefined,
      now() - 10_000,
      now() + 20_000,
    ]);
  });

  it('calls when that moment may have come nearer, until told to stop', () => {
    const { queue, send } = queueOnClock();
    const listener = jest.fn();
    const stop = queue.onChange(listener);

    send('a:1', 'a:1');
    const [message] = queue.receive();
    queue.changeVisibility(message?.receiptHandle ?? '', 1);
    queue.delete(message?.receiptHandle ?? '');
    stop();
    send('a:2');

    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('forgets everything when purged, also what it was sent', () => {
    const { queue, send } = queueOnClock();
    send('a:1');

    queue.purge();

    expect(send('a:1')).toMatchObject([{ duplicate: false }]);
    expect(queue.messages()).toMatchObject([{ body: 'a:1', receiveCount: 0 }]);
  });
});
