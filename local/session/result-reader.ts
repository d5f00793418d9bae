import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { parseRouteChatResult, type ReceivedResult } from '../../contract/parse-result.ts';

export type ResultReader = { close(): Promise<void> };

export type ResultReaderOptions = {
  client: SQSClient;
  queueUrl: string;
  onResult(result: ReceivedResult, body: string): void;
  /** A message on the result queue that is no result: a bug of the function's. */
  onUnreadable(body: string, reason: string): void;
};

const waitSeconds = 20;
const retryMs = 200;

/** Reads the result queue as any reader would: receive, take note, delete. */
export function startResultReader(options: ResultReaderOptions): ResultReader {
  const { client, queueUrl, onResult, onUnreadable } = options;
  const closing = new AbortController();

  function take({ Body = '' }: Message) {
    let result: ReceivedResult;
    try {
      result = parseRouteChatResult(Body);
    } catch (error) {
      onUnreadable(Body, (error as Error).message);
      return;
    }
    onResult(result, Body);
  }

  async function readOnce() {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: waitSeconds,
      }),
      { abortSignal: closing.signal },
    );
    for (const message of Messages) take(message);
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
