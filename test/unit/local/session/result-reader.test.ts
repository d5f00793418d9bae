import { describe, expect, it } from '@jest/globals';
import { watchResults } from '../../../../local/session/result-reader.ts';
import { FifoQueue } from '../../../../stand-ins/sqs/fifo-queue.ts';
import { receivedResult } from '../../../support/received-result.ts';

const queue = new FifoQueue({
  name: 'results.fifo',
  visibilityTimeoutSeconds: 30,
  contentBasedDeduplication: true,
  now: Date.now,
});
const send = (body: string) => queue.send({ body, groupId: '648' });
const resultOf = (eventMessageId: string) =>
  JSON.stringify(receivedResult('transfer-pending', { eventMessageId }));

describe('watchResults', () => {
  it('sees each result once and what is none, and leaves them all where they are', async () => {
    const seen: string[] = [];
    const watching = watchResults({
      queue,
      onResult: ({ eventMessageId }) => seen.push(eventMessageId),
      onUnreadable: (body) => seen.push(body),
    });

    send(resultOf('a'));
    send(resultOf('b'));
    send('{}');
    const received = queue.receive({ max: 10 });
    await watching.close();
    send(resultOf('c'));

    expect(seen).toEqual(['a', 'b', '{}']);
    expect(received).toHaveLength(3);
  });
});
