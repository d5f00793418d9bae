import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../functions/route-chat/decide.ts';
import { createQueues, type Queues } from '../../functions/route-chat/queues.ts';
import { toResult } from '../../functions/route-chat/result-message.ts';
import { routeRequest } from '../support/events.ts';
import { isResultBySchema } from '../support/schemas.ts';
import { startOfTime } from '../support/virtual-clock.ts';

type Entry = Record<string, unknown>;
type Received = { operation: string; input: { QueueUrl: string; Entries: Entry[] } };

const before = { ...process.env };
const received: Received[] = [];
/** As SQS answers: without `Failed` where nothing did; undefined: it refuses the whole call. */
let answer: { Failed?: { Id: string; SenderFault: boolean; Code: string }[] } | undefined;
let sqs: Server;
let queues: Queues;

const request = (messageId: string, source?: string) =>
  routeRequest({
    messageId,
    event: {
      chatSessionId: 648,
      toAssociate: '8',
      requestId: 'esc-1',
      ...(source !== undefined && { source }),
    },
  });
const outgoing = (messageId: string, source?: string) => ({
  messageGroupId: '648',
  result: toResult(request(messageId, source), toConclusion({ outcome: 'expired' }), startOfTime),
});

beforeAll(async () => {
  sqs = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    received.push({
      operation: String(incoming.headers['x-amz-target']),
      input: JSON.parse(Buffer.concat(chunks).toString()),
    });
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer ?? { __type: 'com.amazonaws.sqs#QueueDoesNotExist' }));
  });
  await new Promise<void>((resolve) => void sqs.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(sqs.address() as AddressInfo).port}`;
  process.env.AWS_REGION = 'eu-north-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  process.env.AWS_ENDPOINT_URL_SQS = base;
  queues = createQueues({
    eventQueueUrl: `${base}/000000000000/Events.fifo`,
    resultQueueUrl: `${base}/000000000000/Results.fifo`,
    resultQueueUrls: { crm: `${base}/000000000000/CrmResults.fifo` },
  });
});

beforeEach(() => {
  received.length = 0;
  answer = {};
});

afterAll(() => {
  process.env = before;
  sqs.closeAllConnections();
  sqs.close();
});

describe('sendResults', () => {
  it('sends results grouped by chat, deduplicated by the event’s message id, with attributes to filter by', async () => {
    expect(await queues.sendResults([outgoing('a', 'escalation')])).toEqual(['sent']);

    expect(received).toMatchObject([
      {
        operation: 'AmazonSQS.SendMessageBatch',
        input: {
          QueueUrl: expect.stringMatching(/\/Results\.fifo$/),
          Entries: [
            {
              MessageGroupId: '648',
              MessageDeduplicationId: 'a',
              MessageAttributes: {
                outcome: { DataType: 'String', StringValue: 'expired' },
                requestId: { DataType: 'String', StringValue: 'esc-1' },
                source: { DataType: 'String', StringValue: 'escalation' },
              },
            },
          ],
        },
      },
    ]);
    expect(isResultBySchema(JSON.parse(String(received[0]?.input.Entries[0]?.MessageBody)))).toBe(
      true,
    );
  });

  it.each([undefined, ''])('sends no attribute for a source that is %j', async (source) => {
    await queues.sendResults([outgoing('a', source)]);

    expect(Object.keys(received[0]?.input.Entries[0]?.MessageAttributes as object)).toEqual([
      'outcome',
      'requestId',
    ]);
  });

  it('tells each entry’s fate, in the order of the results', async () => {
    answer = {
      Failed: [
        { Id: '2', SenderFault: true, Code: 'InvalidMessageContents' },
        { Id: '0', SenderFault: false, Code: 'InternalError' },
      ],
    };

    expect(await queues.sendResults([outgoing('a'), outgoing('b'), outgoing('c')])).toEqual([
      'not-sent',
      'sent',
      'sender-fault',
    ]);
  });

  it('rejects where the whole call failed', async () => {
    answer = undefined;

    await expect(queues.sendResults([outgoing('a')])).rejects.toThrow();
  });
});

describe('sendResultsOf', () => {
  it('sends the results of a source to the queue of its own', async () => {
    expect(await queues.sendResultsOf?.get('crm')?.([outgoing('a', 'crm')])).toEqual(['sent']);

    expect(received).toMatchObject([
      { input: { QueueUrl: expect.stringMatching(/CrmResults\.fifo$/) } },
    ]);
  });

  it('is absent where no source has one', () => {
    expect(createQueues({ eventQueueUrl: 'e', resultQueueUrl: 'r' }).sendResultsOf).toBeUndefined();
  });
});

describe('deleteEvents', () => {
  it('deletes by receipt handle, from the event queue', async () => {
    await queues.deleteEvents([request('a'), request('b')]);

    expect(received).toMatchObject([
      {
        operation: 'AmazonSQS.DeleteMessageBatch',
        input: {
          QueueUrl: expect.stringMatching(/Events\.fifo$/),
          Entries: [{ ReceiptHandle: 'receipt of a' }, { ReceiptHandle: 'receipt of b' }],
        },
      },
    ]);
  });

  it('rejects where some were not deleted, and says why', async () => {
    answer = {
      Failed: [
        { Id: '0', SenderFault: true, Code: 'ReceiptHandleIsInvalid' },
        { Id: '1', SenderFault: true, Code: 'ReceiptHandleIsInvalid' },
        { Id: '2', SenderFault: false, Code: 'InternalError' },
      ],
    };

    await expect(queues.deleteEvents(['a', 'b', 'c'].map((id) => request(id)))).rejects.toThrow(
      '3 messages were not deleted: ReceiptHandleIsInvalid, InternalError.',
    );
  });
});

describe('changeVisibility', () => {
  it('sets each event’s visibility timeout', async () => {
    await queues.changeVisibility([{ event: request('a'), seconds: 3 }], 1_000);

    expect(received).toMatchObject([
      {
        operation: 'AmazonSQS.ChangeMessageVisibilityBatch',
        input: {
          QueueUrl: expect.stringMatching(/Events\.fifo$/),
          Entries: [{ ReceiptHandle: 'receipt of a', VisibilityTimeout: 3 }],
        },
      },
    ]);
  });

  it('rejects where one keeps its old one', async () => {
    answer = { Failed: [{ Id: '0', SenderFault: true, Code: 'MessageNotInflight' }] };

    await expect(
      queues.changeVisibility([{ event: request('a'), seconds: 3 }], 1_000),
    ).rejects.toThrow('1 messages were not given another visibility timeout: MessageNotInflight.');
  });
});
