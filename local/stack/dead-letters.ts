import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LeaveDeadLetter } from '../../stand-ins/dead-letter.ts';
import type { SqsStandIn } from '../../stand-ins/sqs/server.ts';
import { nameInArn } from './template-values.ts';

/** Leaves dead letters as Lambda and EventBridge do: over the wire, where SQS may refuse them. */
export const deadLetterTo =
  (client: SQSClient, sqs: SqsStandIn, queueArn: string): LeaveDeadLetter =>
  async ({ body, attributes }) =>
    await client.send(
      new SendMessageCommand({
        QueueUrl: sqs.queueUrl(nameInArn(queueArn)),
        MessageBody: body,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]),
        ),
        // It is a standard queue where it is deployed.
        MessageGroupId: 'dead-letters',
        MessageDeduplicationId: randomUUID(),
      }),
    );
