import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** An event as a producer sends it. */
export type OutgoingEvent = {
  body: string;
  groupId: string;
  /** SQS takes a second event with the same one, within five minutes, for the first. */
  deduplicationId: string;
};

/** What SQS made of an event: its message id, or why it was not taken. */
export type SendAnswer = { taken: true; messageId: string } | { taken: false; reason: string };

/** What one SendMessageBatch takes. */
const most = 10;
const mostBytes = 1_048_576;

/**
 * Sends events in order; those that fit into one batch in one.
 * @returns an answer for each, in order
 */
export async function sendEvents(
  client: SQSClient,
  queueUrl: string,
  events: readonly OutgoingEvent[],
): Promise<SendAnswer[]> {
  const answers: SendAnswer[] = [];
  for (const batch of toBatches(events))
    answers.push(...(await sendBatch(client, queueUrl, batch)));
  return answers;
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  events: readonly OutgoingEvent[],
): Promise<SendAnswer[]> {
  const command = new SendMessageBatchCommand({
    QueueUrl: queueUrl,
    Entries: events.map(({ body, groupId, deduplicationId }, index) => ({
      Id: String(index),
      MessageBody: body,
      MessageGroupId: groupId,
      MessageDeduplicationId: deduplicationId,
    })),
  });
  try {
    const { Successful = [], Failed = [] } = await client.send(command);
    return events.map((_, index): SendAnswer => {
      const isThis = ({ Id }: { Id: string | undefined }) => Id === String(index);
      const { MessageId } = Successful.find(isThis) ?? {};
      if (MessageId !== undefined) return { taken: true, messageId: MessageId };
      const { Message, Code } = Failed.find(isThis) ?? {};
      return { taken: false, reason: Message ?? Code ?? 'SQS did not say why' };
    });
  } catch (error) {
    return events.map(() => ({ taken: false, reason: (error as Error).message }));
  }
}

function toBatches(events: readonly OutgoingEvent[]): OutgoingEvent[][] {
  const batches: OutgoingEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const last = batches.at(-1);
    bytes += Buffer.byteLength(event.body);
    if (last && last.length < most && bytes <= mostBytes) last.push(event);
    else {
      batches.push([event]);
      bytes = Buffer.byteLength(event.body);
    }
  }
  return batches;
}
