import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import ky from 'ky';
import type { Secret } from './wish.ts';
import { callTimeoutMs, headersOf, messageOf, transferPath, wishOf } from './wish.ts';

const logger = new Logger();
const metrics = new Metrics();
const queue = new SQSClient();
const processor = new SqsFifoPartialProcessorAsync();

// Its default of five seconds would read the secret for nearly every event.
const readSecret = async () =>
  (await getSecret<Secret>(process.env.TICKET_SECRET_ARN ?? '', {
    maxAge: 300,
    transform: 'json',
  })) as Secret;
const superOffice = ky.create({
  baseUrl: `${process.env.WEB_API_URL}/`,
  timeout: callTimeoutMs,
});
await readSecret();

async function routeChat(record: SQSRecord): Promise<void> {
  const wish = wishOf(record);
  const session = await superOffice
    .post<{ Status: string }>(transferPath(wish), { headers: headersOf(await readSecret()) })
    .json();
  // The record counts as done when its handler returns: its result has to be out by then.
  await queue.send(
    new SendMessageCommand({
      QueueUrl: process.env.RESULT_QUEUE_URL,
      ...messageOf(record, wish, session.Status),
    }),
  );
  logger.info('event', { ...wish, status: session.Status });
  metrics.addMetric('Transferred', MetricUnit.Count, 1);
}

/** As Powertools' own examples have it, with its two surprising defaults turned around. */
export async function handler(event: SQSEvent, context: Context) {
  try {
    return await processPartialResponse(event, routeChat, processor, {
      context,
      skipGroupOnError: true,
      throwOnFullBatchFailure: false,
    });
  } finally {
    metrics.publishStoredMetrics();
  }
}
