import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../../../stand-ins/event-source-mapping/poller.ts';
import type { SqsEvent } from '../../../../stand-ins/event-source-mapping/sqs-event.ts';
import { TooManyRequestsError } from '../../../../stand-ins/lambda/account-concurrency.ts';
import { FifoQueue } from '../../../../stand-ins/sqs/fifo-queue.ts';

describe('startEventSourceMapping', () => {
  let mapping: EventSourceMapping | undefined;
  let queue: FifoQueue;

  const start = (
    invoke: (event: SqsEvent) => Promise<unknown>,
    options: { visibilityTimeoutSeconds?: number; batchSize?: number; now?: () => number } = {},
  ) => {
    const { visibilityTimeoutSeconds = 30, now = Date.now, ...limits } = options;
    queue = new FifoQueue({
      name: 'events.fifo',
      now,
      visibilityTimeoutSeconds,
      contentBasedDeduplication: true,
    });
    mapping = startEventSourceMapping({ queue, invoke, ...limits });
  };

  const send = (...groups: string[]) => {
    for (const groupId of groups) queue.send({ body: `${groupId}${Math.random()}`, groupId });
  };

  afterEach(() => mapping?.close());

  it('hands over complete records', async () => {
    const events: SqsEvent[] = [];
    start(async (event) => void events.push(event));
    const attributes = { outcome: { DataType: 'String', StringValue: 'assigned' } };
    const { messageId, sequenceNumber } = queue.send({ body: 'hello', groupId: 'a', attributes });

    await mapping?.idle();

    const timestamp = expect.stringMatching(/^\d{13}$/);
    expect(events).toEqual([
      {
        Records: [
          {
            messageId,
            receiptHandle: expect.any(String),
            body: 'hello',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: timestamp,
              SenderId: expect.any(String),
              ApproximateFirstReceiveTimestamp: timestamp,
              SequenceNumber: sequenceNumber,
              MessageGroupId: 'a',
              MessageDeduplicationId: expect.stringMatching(/^[\da-f]{64}$/),
            },
            messageAttributes: {
              outcome: {
                stringValue: 'assigned',
                stringListValues: [],
                binaryListValues: [],
                dataType: 'String',
              },
            },
            md5OfBody: '5d41402abc4b2a76b9719d911017c592',
            eventSource: 'aws:sqs',
            eventSourceARN: queue.arn,
            awsRegion: 'eu-north-1',
          },
        ],
      },
    ]);
  });

  it('puts what is sent together into batches of at most the batch size', async () => {
    const sizes: number[] = [];
    start(async ({ Records }) => void sizes.push(Records.length), { batchSize: 3 });

    send('a', 'a', 'b', 'c', 'd');
    await mapping?.idle();

    expect(sizes).toEqual([3, 2]);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('deletes what was handled and leaves the rest in flight', async () => {
    start(async ({ Records }) => ({
      batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }],
    }));

    send('a', 'b');
    await mapping?.idle();

    expect(queue.depth()).toEqual({ visible: 0, inFlight: 1 });
  });

  it('never has more invocations under way than its maximum concurrency', async () => {
    let underWay = 0;
    const counts: number[] = [];
    const go = Promise.withResolvers<void>();
    const invoke = async () => {
      underWay += 1;
      counts.push(underWay);
      await go.promise;
      underWay -= 1;
    };
    start(invoke, { batchSize: 1 });

    send('a', 'b', 'c', 'd');
    while (counts.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const waiting = queue.depth();
    go.resolve();
    await mapping?.idle();

    expect(waiting).toEqual({ visible: 2, inFlight: 2 });
    expect(Math.max(...counts)).toBe(2);
    expect(counts).toHaveLength(4);
  });

  it('receives what failed again when its visibility timeout ends', async () => {
    const counts: (string | undefined)[] = [];
    const second = Promise.withResolvers<void>();
    const invoke = async ({ Records }: SqsEvent) => {
      counts.push(Records[0]?.attributes.ApproximateReceiveCount);
      if (counts.length === 1) throw new Error('the first time');
      second.resolve();
    };
    start(invoke, { visibilityTimeoutSeconds: 1 });

    send('a');
    await second.promise;
    await mapping?.idle();

    expect(counts).toEqual(['1', '2']);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('tries again what Lambda does not run the function for, and receives it once', async () => {
    const counts: (string | undefined)[] = [];
    start(async ({ Records }) => {
      counts.push(Records[0]?.attributes.ApproximateReceiveCount);
      if (counts.length === 1) throw new TooManyRequestsError();
    });

    send('a');
    await mapping?.idle();

    expect(counts).toEqual(['1', '1']);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('leaves that once its visibility timeout is over', async () => {
    let seconds = 0;
    const invoke = async () => {
      seconds = 29.9;
      throw new TooManyRequestsError();
    };
    start(invoke, { visibilityTimeoutSeconds: 30, now: () => seconds * 1000 });

    const { messageId } = queue.send({ body: 'hello', groupId: 'a' });
    await mapping?.idle();

    expect(queue.messages()).toMatchObject([{ messageId, receiveCount: 1 }]);
  });

  it('receives at once what the function made visible, and does not delete by an old handle', async () => {
    let calls = 0;
    const second = Promise.withResolvers<void>();
    start(async ({ Records }) => {
      calls += 1;
      if (calls === 1) queue.changeVisibility(Records[0]?.receiptHandle ?? '', 0);
      else second.resolve();
    });

    send('a');
    await second.promise;
    await mapping?.idle();

    expect(calls).toBe(2);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0 });
  });

  it('receives no more once closed', async () => {
    start(async () => undefined);
    await mapping?.close();

    send('a');
    await new Promise((resolve) => setImmediate(resolve));

    expect(queue.depth()).toEqual({ visible: 1, inFlight: 0 });
  });
});
