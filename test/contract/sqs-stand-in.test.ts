import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { md5OfAttributes } from '../../stand-ins/sqs/digest.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { sqsClient } from '../support/sqs-client.ts';

describe('the SQS stand-in, through the real client', () => {
  let sqs: SqsStandIn;
  let client: ReturnType<typeof sqsClient>;
  let QueueUrl: string;

  beforeAll(async () => {
    const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
    sqs = await startSqs({
      queues: [
        {
          ...settings,
          name: 'events.fifo',
          redrive: { deadLetterQueueName: 'dead.fifo', maxReceiveCount: 3 },
        },
        { ...settings, name: 'dead.fifo', retentionSeconds: 1_209_600 },
        { ...settings, name: 'strict.fifo', contentBasedDeduplication: false },
      ],
    });
    client = sqsClient(sqs.endpoint);
    QueueUrl = sqs.queueUrl('events.fifo');
  });

  beforeEach(() => sqs.queue('events.fifo').purge());

  afterAll(async () => {
    client.destroy();
    await sqs.close();
  });

  const send = (MessageBody: string, MessageGroupId = 'a') =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));

  const receive = async (options = {}) => {
    const command = new ReceiveMessageCommand({ QueueUrl, ...options });
    const { Messages = [] } = await client.send(command);
    return Messages;
  };

  const pollArrived = async () => {
    const before = sqs.calls.ReceiveMessage;
    while (sqs.calls.ReceiveMessage === before)
      await new Promise((resolve) => setImmediate(resolve));
  };

  it('carries a message there and back, with sums the client checks', async () => {
    const MessageAttributes = {
      outcome: { DataType: 'String', StringValue: 'assigned' },
      'raw.bytes': { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    };
    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'hej 👋',
        MessageGroupId: 'a',
        MessageDeduplicationId: 'd',
        MessageAttributes,
      }),
    );

    const messages = await receive({
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['outcome', 'raw.*'],
    });

    expect(messages).toEqual([
      {
        MessageId: sent.MessageId,
        ReceiptHandle: expect.any(String),
        Body: 'hej 👋',
        MD5OfBody: sent.MD5OfMessageBody,
        MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
        MessageAttributes,
        Attributes: expect.objectContaining({
          ApproximateReceiveCount: '1',
          MessageGroupId: 'a',
          MessageDeduplicationId: 'd',
          SequenceNumber: sent.SequenceNumber,
        }),
      },
    ]);
  });

  it('sends no attributes unasked, and sums only those it sends', async () => {
    const one = { DataType: 'String', StringValue: '1' };
    const MessageAttributes = { one, two: one };
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'x',
        MessageGroupId: 'a',
        MessageAttributes,
      }),
    );

    const [bare] = await receive({ VisibilityTimeout: 0 });
    const [part] = await receive({ MessageAttributeNames: ['one'] });

    expect(bare).not.toHaveProperty('Attributes');
    expect(bare).not.toHaveProperty('MessageAttributes');
    expect(bare).not.toHaveProperty('MD5OfMessageAttributes');
    expect(part?.MD5OfMessageAttributes).toBe(md5OfAttributes({ one }));
  });

  it('ends a long poll as soon as a message comes', async () => {
    const polling = receive({ WaitTimeSeconds: 20 });
    await pollArrived();

    await send('late');

    expect(await polling).toMatchObject([{ Body: 'late' }]);
  });

  it('ends a long poll when a message becomes visible, or its time is over', async () => {
    await send('again');
    await receive({ VisibilityTimeout: 1 });

    const again = await receive({ WaitTimeSeconds: 5, VisibilityTimeout: 30 });
    const nothing = await receive({ WaitTimeSeconds: 1 });

    expect([again.length, nothing.length]).toEqual([1, 0]);
  });

  it('gives nothing to a caller who has hung up', async () => {
    const { promise: endSeen, resolve } = Promise.withResolvers<void>();
    const watch = (message: unknown) =>
      (message as { response: ServerResponse }).response.once('close', resolve);
    subscribe('http.server.request.start', watch);
    const hungUp = new AbortController();
    const polling = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: hungUp.signal,
    });
    const rejected = expect(polling).rejects.toThrow();
    await pollArrived();
    unsubscribe('http.server.request.start', watch);
    hungUp.abort();
    await rejected;
    await endSeen;

    await send('x');

    expect(await receive({ WaitTimeSeconds: 2 })).toHaveLength(1);
  });

  it('reports each entry of a batch', async () => {
    const entry = (Id: string, MessageBody: string, value = 'x') => ({
      Id,
      MessageBody,
      MessageGroupId: 'a',
      MessageAttributes: { k: { DataType: 'String', StringValue: value } },
    });

    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [entry('good', '1'), entry('control', '\u0001'), entry('empty', '2', '')],
      }),
    );

    expect(Successful).toMatchObject([{ Id: 'good', SequenceNumber: expect.any(String) }]);
    expect(Failed).toEqual([
      expect.objectContaining({ Id: 'control', Code: 'InvalidMessageContents', SenderFault: true }),
      expect.objectContaining({ Id: 'empty', Code: 'InvalidParameterValue', SenderFault: true }),
    ]);
  });

  it('refuses a batch of more than 1 MiB as a whole', async () => {
    const Entries = ['1', '2'].map((Id) => ({
      Id,
      MessageBody: Id.repeat(524_289),
      MessageGroupId: 'a',
    }));

    const sending = client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    await expect(sending).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
      message: expect.stringContaining('You have sent 1048578 bytes'),
    });
    expect(sqs.queue('events.fifo').depth().visible).toBe(0);
  });

  it.each([
    [
      'InvalidParameterValue',
      () =>
        new SendMessageCommand({
          QueueUrl: sqs.queueUrl('strict.fifo'),
          MessageBody: 'x',
          MessageGroupId: 'a',
        }),
    ],
    ['MissingParameter', () => new SendMessageCommand({ QueueUrl, MessageBody: 'x' })],
    ['EmptyBatchRequest', () => new SendMessageBatchCommand({ QueueUrl, Entries: [] })],
    ['InvalidParameterValue', () => new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 })],
    [
      'InvalidParameterValue',
      () => new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }),
    ],
    ['ReceiptHandleIsInvalid', () => new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' })],
    ['QueueDoesNotExist', () => new GetQueueUrlCommand({ QueueName: 'none.fifo' })],
    [
      'InvalidAttributeName',
      () => new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Colour' as 'All'] }),
    ],
  ])('answers %s in a way the client names', async (name, command) => {
    await expect(client.send(command() as SendMessageCommand)).rejects.toMatchObject({
      name,
      $fault: 'client',
    });
  });

  it('calls an expired handle by one code alone and by another in a batch', async () => {
    await send('x');
    const [message] = await receive({ VisibilityTimeout: 0 });
    const { ReceiptHandle } = message ?? {};

    const alone = client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const batch = client.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle }] }),
    );
    const change = client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }),
    );

    await expect(alone).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect((await batch).Failed).toMatchObject([{ Id: '1', Code: 'ReceiptHandleIsInvalid' }]);
    await expect(change).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('tells what it holds', async () => {
    await send('1');
    await send('2');
    await receive();

    const { QueueUrls } = await client.send(new ListQueuesCommand());
    const { QueueUrl: found } = await client.send(
      new GetQueueUrlCommand({ QueueName: 'events.fifo' }),
    );
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    await client.send(new PurgeQueueCommand({ QueueUrl }));

    expect([found, QueueUrls?.length]).toEqual([QueueUrl, 3]);
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      FifoQueue: 'true',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: sqs.queue('dead.fifo').arn,
        maxReceiveCount: 3,
      }),
    });
    expect(sqs.queue('events.fifo').messages()).toEqual([]);
  });
});
