import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SentEvent } from './ledger.ts';

/** An event SQS did not take. */
export type RefusedEvent = { body: string; reason: string };

export type Producer = {
  /**
   * Sends bodies as they stand, in order. Those of one call that fit into one batch are sent in one.
   * @returns what SQS did not take
   */
  send(bodies: readonly string[], onSent: (event: SentEvent) => void): Promise<RefusedEvent[]>;
};

/** What one SendMessageBatch takes. */
const most = 10;
const mostBytes = 1_048_576;

/** Sends as the README tells producers to: in the message group of the chat session. */
export function createProducer(client: SQSClient, queueUrl: string): Producer {
  async function sendBatch(bodies: string[], onSent: (event: SentEvent) => void) {
    const command = new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: bodies.map((body, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: messageGroupOf(body),
        // Two events that look the same are two events here.
        MessageDeduplicationId: randomUUID(),
      })),
    });
    const bodyOf = (id: string | undefined) => bodies[Number(id)] ?? '';
    try {
      const { Successful = [], Failed = [] } = await client.send(command);
      for (const { Id, MessageId = '' } of Successful) {
        onSent({ messageId: MessageId, body: bodyOf(Id) });
      }
      return Failed.map(({ Id, Message, Code }) => ({
        body: bodyOf(Id),
        reason: Message ?? Code ?? 'refused',
      }));
    } catch (error) {
      return bodies.map((body) => ({ body, reason: (error as Error).message }));
    }
  }

  return {
    async send(bodies, onSent) {
      const refused: RefusedEvent[] = [];
      for (const batch of toBatches(bodies)) refused.push(...(await sendBatch(batch, onSent)));
      return refused;
    },
  };
}

function toBatches(bodies: readonly string[]): string[][] {
  const batches: string[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const last = batches.at(-1);
    bytes += Buffer.byteLength(body);
    if (last && last.length < most && bytes <= mostBytes) last.push(body);
    else {
      batches.push([body]);
      bytes = Buffer.byteLength(body);
    }
  }
  return batches;
}

/** The chat session, so that events of one chat keep their order; a body without one is alone. */
function messageGroupOf(body: string): string {
  const [, digits] = /"chatSessionId"\s*:\s*(\d{1,20})\b/.exec(body) ?? [];
  return digits ?? randomUUID();
}
