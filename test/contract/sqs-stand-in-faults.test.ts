import {
  ChangeMessageVisibilityBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SqsFault, SqsFaultCall } from '../../stand-ins/sqs/faults.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { sqsClient } from '../support/sqs-client.ts';

describe('faults of the SQS stand-in', () => {
  let sqs: SqsStandIn;
  let client: ReturnType<typeof sqsClient>;
  let QueueUrl: string;

  beforeEach(async () => {
    const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
    sqs = await startSqs({ queues: [{ name: 'events.fifo', ...settings }] });
    client = sqsClient(sqs.endpoint);
    QueueUrl = sqs.queueUrl('events.fifo');
  });

  afterEach(async () => {
    client.destroy();
    await sqs.close();
  });

  const send = (abortSignal?: AbortSignal) =>
    client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: 'a' }),
      abortSignal && { abortSignal },
    );

  const held = () => sqs.queue('events.fifo').messages().length;

  it('are decided call by call', async () => {
    const calls: SqsFaultCall[] = [];
    sqs.setFault((call) => {
      calls.push(call);
      return call.number === 1
        ? { kind: 'error', status: 500, code: 'InternalFailure' }
        : undefined;
    });

    await expect(send()).rejects.toMatchObject({ name: 'InternalFailure', $fault: 'server' });
    await send();

    const call = { action: 'SendMessage', queueName: 'events.fifo' };
    expect(calls).toEqual([
      { ...call, number: 1 },
      { ...call, number: 2 },
    ]);
    expect(sqs.calls).toEqual({ SendMessage: 2 });
  });

  it.each<[SqsFault['kind'], SqsFault, number]>([
    ['error', { kind: 'error', status: 403, code: 'RequestThrottled' }, 0],
    ['reset', { kind: 'reset' }, 0],
    ['lose-answer', { kind: 'lose-answer' }, 1],
  ])('%s fails the call', async (_, fault, applied) => {
    sqs.setFault(() => fault);

    await expect(send()).rejects.toThrow();
    expect(held()).toBe(applied);
  });

  it('hang never answers, and does not keep the server from closing', async () => {
    sqs.setFault(() => ({ kind: 'hang' }));
    const sending = expect(send()).rejects.toThrow();
    while (!sqs.calls.SendMessage) await new Promise((resolve) => setImmediate(resolve));

    await sqs.close();

    await sending;
  });

  it('delays what is applied all the same, also for a caller who has given up', async () => {
    const caller = new AbortController();
    sqs.setFault(() => {
      caller.abort();
      return { kind: 'delay', delayMs: 200 };
    });

    await expect(send(caller.signal)).rejects.toThrow();
    const before = held();
    while (held() === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    expect(before).toBe(0);
  });

  it('lets single entries of a batch fail without applying them', async () => {
    const failure = { code: 'InternalError', senderFault: false };
    sqs.setFault(() => ({
      kind: 'fail-entries',
      failEntries: (id) => (id === '2' ? failure : undefined),
    }));
    const Entries = ['1', '2', '3'].map((Id) => ({
      Id,
      MessageBody: Id,
      MessageGroupId: Id,
    }));

    const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    const changed = await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({
          Id: String(index + 1),
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );

    expect(sent.Failed).toMatchObject([{ Id: '2', Code: 'InternalError', SenderFault: false }]);
    expect(Messages.map(({ Body }) => Body)).toEqual(['1', '3']);
    expect(changed.Successful).toEqual([{ Id: '1' }]);
    expect(sqs.queue('events.fifo').depth()).toEqual({ visible: 1, inFlight: 1 });
  });
});
