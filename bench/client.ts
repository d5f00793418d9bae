import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sendRouteChatEvents } from '../client/send-route-chat-events.ts';
import { credentials, region } from '../stand-ins/aws-account.ts';
import { startSqs } from '../stand-ins/sqs/server.ts';
import { median } from './statistics.ts';

/*
 * What the client costs a producer: CPU per event beside a bare SendMessageBatch of the same events.
 * SQS's stand-in runs in a process of its own, so that its CPU does not count.
 */

const eventsARound = 2_000;
const rounds = 15;
const mostRatio = 1.2;

if (process.send) await serve();
else await compare();

async function serve(): Promise<void> {
  const settings = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: true };
  const sqs = await startSqs({ queues: [{ name: 'events.fifo', ...settings }] });
  process.on('message', () => {
    sqs.queue('events.fifo').purge();
    process.send?.('purged');
  });
  process.on('disconnect', () => sqs.close());
  process.send?.({ endpoint: sqs.endpoint, queueUrl: sqs.queueUrl('events.fifo') });
}

async function compare(): Promise<void> {
  const server = fork(import.meta.filename);
  const [{ endpoint, queueUrl }] = await once(server, 'message');
  const sqs = new SQSClient({ endpoint, region, credentials });
  const events = Array.from({ length: eventsARound }, (_, index) => ({
    chatSessionId: index + 1,
    toAssociate: (index % 50) + 1,
    requestId: `rebalancing-${index}`,
    source: 'rebalancing:night',
    reason: 'More than five chats at a time',
    expiresInSeconds: 120,
  }));
  const contestants = {
    bare: async () => {
      for (let start = 0; start < events.length; start += 10) {
        const Entries = events.slice(start, start + 10).map((event, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(event),
          MessageGroupId: String(event.chatSessionId),
          MessageDeduplicationId: randomUUID(),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      }
    },
    client: async () => void (await sendRouteChatEvents(events, { queueUrl, sqs })),
  };

  const perEvent: Record<keyof typeof contestants, number[]> = { bare: [], client: [] };
  for (let round = -2; round < rounds; round += 1) {
    for (const name of ['bare', 'client'] as const) {
      server.send('purge');
      await once(server, 'message');
      const before = process.cpuUsage();
      await contestants[name]();
      const { user, system } = process.cpuUsage(before);
      // The first rounds warm up.
      if (round >= 0) perEvent[name].push((user + system) / eventsARound);
    }
  }
  server.disconnect();

  const { bare, client } = perEvent;
  const ratio = median(client.map((value, round) => value / (bare[round] ?? Number.NaN)));
  console.log(
    `CPU per event, median of ${rounds} rounds of ${eventsARound}: ` +
      `bare SendMessageBatch ${median(bare).toFixed(1)} µs, client ${median(client).toFixed(1)} µs, ` +
      `ratio ${ratio.toFixed(2)} (goal: at most ${mostRatio}).`,
  );
  process.exitCode = ratio > mostRatio ? 1 : 0;
}
