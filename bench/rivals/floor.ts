import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import ky from 'ky';
import { callTimeoutMs, headersOf, messageOf, transferPath, wishOf } from './wish.ts';

const secrets = new SecretsManagerClient();
const queue = new SQSClient();
const { SecretString = '' } = await secrets.send(
  new GetSecretValueCommand({ SecretId: process.env.TICKET_SECRET_ARN }),
);
const superOffice = ky.create({
  baseUrl: `${process.env.WEB_API_URL}/`,
  headers: headersOf(JSON.parse(SecretString)),
  timeout: callTimeoutMs,
});

/** The same clients in a bare loop, no checks: what cannot be undercut on this platform. */
export async function handler({ Records }: SQSEvent): Promise<void> {
  const results = Records.map(async (record, index) => {
    const wish = wishOf(record);
    const session = await superOffice.post<{ Status: string }>(transferPath(wish)).json();
    return { Id: String(index), ...messageOf(record, wish, session.Status) };
  });
  const Entries = await Promise.all(results);
  await queue.send(
    new SendMessageBatchCommand({ QueueUrl: process.env.RESULT_QUEUE_URL, Entries }),
  );
}
