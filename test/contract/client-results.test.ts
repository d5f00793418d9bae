import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createResultHandler } from '../../client/create-result-handler.ts';
import { type ReceivedDelivery, receiveResults } from '../../client/receive-results.ts';
import { startEventSourceMapping } from '../../stand-ins/event-source-mapping/poller.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { receivedResult } from '../support/received-result.ts';
import { sqsClient } from '../support/sqs-client.ts';
import { until } from '../support/until.ts';

describe('results from the SQS stand-in', () => {
  let sqs: SqsStandIn;
  let client: ReturnType<typeof sqsClient>;
  let from: { queueUrl: string; sqs: typeof client };

  beforeEach(async () => {
    const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
    const redrive = { deadLetterQueueName: 'dead.fifo', maxReceiveCount: 2 };
    sqs = await startSqs({
      queues: [
        { name: 'results.fifo', ...settings, visibilityTimeoutSeconds: 1, redrive },
        { name: 'dead.fifo', ...settings },
      ],
    });
    client = sqsClient(sqs.endpoint);
    from = { queueUrl: sqs.queueUrl('results.fifo'), sqs: client };
  });
  afterEach(async () => {
    client.destroy();
    await sqs.close();
  });

  /** A result by name; its chat is the name's first letter. */
  const put = (...names: string[]) => {
    for (const name of names) {
      const body = JSON.stringify(receivedResult('not-applied', { eventMessageId: name }));
      sqs.queue('results.fifo').send({ body, groupId: name.slice(0, 1) });
    }
  };
  const held = (queue: 'results.fifo' | 'dead.fifo' = 'results.fifo') =>
    sqs.queue(queue).messages().length;
  const nameOf = ({ result }: ReceivedDelivery) => result.eventMessageId;

  describe('createResultHandler', () => {
    it('makes a handler that Lambda deletes by, and that repeats what failed until it is a dead letter', async () => {
      const seen: string[] = [];
      const handler = createResultHandler(
        {
          'not-applied': ({ eventMessageId }) => {
            seen.push(eventMessageId);
            if (eventMessageId === 'a2') throw new Error('On purpose.');
          },
          otherwise: () => undefined,
        },
        { onFailure: () => undefined },
      );
      put('a1', 'a2', 'b1');

      const mapping = startEventSourceMapping({
        queue: sqs.queue('results.fifo'),
        invoke: handler,
      });
      await until('the dead letter', () => held('dead.fifo') === 1);
      await mapping.close();

      expect(held()).toBe(0);
      expect(seen.filter((name) => name !== 'a2')).toEqual(['a1', 'b1']);
      expect(seen.filter((name) => name === 'a2')).toHaveLength(2);
    });
  });

  describe('receiveResults', () => {
    it('hands out results in order, and deletes each when it is done', async () => {
      put('a1', 'a2', 'b1');

      for await (const batch of receiveResults(from)) {
        expect(batch.map(nameOf)).toEqual(['a1', 'a2', 'b1']);
        for (const { done } of batch) await done();
        break;
      }

      expect(held()).toBe(0);
      expect(sqs.calls).toEqual({ ReceiveMessage: 1, DeleteMessage: 3 });
    });

    it('hands out again what was not done', async () => {
      put('a1', 'b1');
      const batches: string[][] = [];

      for await (const batch of receiveResults(from)) {
        batches.push(batch.map(nameOf));
        const isAgain = batches.length > 1;
        for (const { result, done } of batch) {
          if (isAgain || result.eventMessageId === 'b1') await done();
        }
        if (isAgain) break;
      }

      expect(batches).toEqual([['a1', 'b1'], ['a1']]);
      expect(held()).toBe(0);
    });

    it('waits for results, and ends when the signal aborts', async () => {
      const aborting = new AbortController();
      const seen: string[] = [];
      const reading = (async () => {
        for await (const batch of receiveResults({ ...from, signal: aborting.signal })) {
          for (const delivery of batch) {
            await delivery.done();
            seen.push(nameOf(delivery));
          }
        }
      })();
      await until('a receive', () => sqs.calls.ReceiveMessage === 1);

      put('a1');
      await until('the result', () => seen.length === 1);
      await until('another receive', () => sqs.calls.ReceiveMessage === 2);
      aborting.abort();
      await reading;

      expect(seen).toEqual(['a1']);
    });

    it('lets what was handled be done although the signal has aborted', async () => {
      const aborting = new AbortController();
      put('a1');

      for await (const [delivery] of receiveResults({ ...from, signal: aborting.signal })) {
        aborting.abort();
        await delivery?.done();
      }

      expect(held()).toBe(0);
    });

    it('leaves what is no result on the queue', async () => {
      sqs.queue('results.fifo').send({ body: '{"version":2}', groupId: 'x' });
      put('a1');

      for await (const batch of receiveResults(from)) {
        expect(batch.map(nameOf)).toEqual(['a1']);
        await batch[0]?.done();
        break;
      }

      expect(held()).toBe(1);
    });

    it('bears with a receive that fails', async () => {
      sqs.setFault(({ number }) => (number < 4 ? { kind: 'reset' } : undefined));
      put('a1');

      for await (const batch of receiveResults(from)) {
        expect(batch.map(nameOf)).toEqual(['a1']);
        break;
      }

      expect(sqs.calls).toEqual({ ReceiveMessage: 4 });
    });

    it('throws what SQS refuses', async () => {
      const reading = receiveResults({ ...from, queueUrl: sqs.queueUrl('other.fifo') });

      await expect(reading.next()).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
      expect(sqs.calls).toEqual({ ReceiveMessage: 1 });
    });

    it('wants the address of a queue', async () => {
      await expect(
        receiveResults({ queueUrl: undefined as unknown as string }).next(),
      ).rejects.toThrow('queueUrl: expected the address of a queue, as https://…; got nothing.');
    });
  });
});
