import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { parseRouteChatResult, type ReceivedResult } from '../../contract/parse-result.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';

export type ResultReader = { close(): Promise<void> };

export type ResultTaker = {
  onResult(result: ReceivedResult, body: string): void;
  /** A message on the result queue that is no result: a bug of the function's. */
  onUnreadable(body: string, reason: string): void;
};

const waitSeconds = 20;
const retryMs = 200;

/** Reads the result queue as any reader would: receive, take note, delete. */
export function startResultReader(
  options: ResultTaker & { client: SQSClient; queueUrl: string },
): ResultReader {
  const { client, queueUrl } = options;
  const closing = new AbortController();

  async function readOnce() {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
      }),
      { abortSignal: closing.signal },
    );
    for (const { Body = '' } of Messages) take(Body, options);
    if (Messages.length === 0) return;
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
      }),
    );
  }

  const reading = (async () => {
    while (!closing.signal.aborted) {
      // What was received and not deleted comes again; whoever counts results sees it.
      await readOnce().catch(() => sleep(retryMs));
    }
  })();
  return {
    async close() {
      closing.abort();
      await reading;
    },
  };
}

/** Sees results come onto their queue, and leaves them there for whoever reads them. */
export function watchResults(options: ResultTaker & { queue: FifoQueue }): ResultReader {
  const { queue } = options;
  const seen = new Set<string>();
  const stop = queue.onChange(() => {
    for (const { messageId, body } of queue.messages()) {
      if (seen.has(messageId)) continue;
      seen.add(messageId);
      take(body, options);
    }
  });
  return { close: async () => void stop() };
}

function take(body: string, { onResult, onUnreadable }: ResultTaker): void {
  let result: ReceivedResult;
  try {
    result = parseRouteChatResult(body);
  } catch (error) {
    onUnreadable(body, (error as Error).message);
    return;
  }
  onResult(result, body);
}
