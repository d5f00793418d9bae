import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure';
import { ChatAgent } from '@superoffice/webapi';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { callTimeoutMs, headersOf, messageOf, wishOf } from './wish.ts';

const secrets = new SecretsManagerClient();
const queue = new SQSClient();
const { SecretString = '' } = await secrets.send(
  new GetSecretValueCommand({ SecretId: process.env.TICKET_SECRET_ARN }),
);
const chats = new ChatAgent({
  baseUrl: `${process.env.WEB_API_URL}/`,
  axiosConfig: { headers: headersOf(JSON.parse(SecretString)), timeout: callTimeoutMs },
});

async function routeChat(record: SQSRecord): Promise<void> {
  const wish = wishOf(record);
  const session = await chats.transferChatSessionAsync(
    wish.chatSessionId,
    String(wish.toAssociate),
  );
  await queue.send(
    new SendMessageCommand({
      QueueUrl: process.env.RESULT_QUEUE_URL,
      ...messageOf(record, wish, session.Status),
    }),
  );
}

/** SuperOffice's own client under middy's partial batch answer. */
export const handler = middy(({ Records }: SQSEvent) =>
  Promise.allSettled(Records.map(routeChat)),
).use(sqsPartialBatchFailure());
