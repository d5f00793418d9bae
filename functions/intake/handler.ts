import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { sendOutgoing } from '../../client/send-outgoing.ts';
import { awsClientBounds } from '../../runtime/aws-client.ts';
import { required, requiredNumber } from '../../runtime/environment.ts';
import { toMessages } from './messages.ts';

/** What it takes to say why it ended, before Lambda ends it. */
const reserveMs = 1_000;

const queueUrl = required('EVENT_QUEUE_URL');
const timeToLiveMs = requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000;
const sqs = new SQSClient(awsClientBounds);

/**
 * Sends on an event, an array of events, or the detail of EventBridge's envelope.
 * @returns the message ids in order: their results' `eventMessageId`
 * @throws Error where the event queue did not take all of them: invoked by EventBridge or
 * asynchronously, Lambda then tries twice more, and what the queue has stays one event.
 */
export async function handler(payload: unknown, context: Context) {
  const { awsRequestId } = context;
  const messages = toMessages(payload, { awsRequestId, now: Date.now(), timeToLiveMs });
  const signal = AbortSignal.timeout(context.getRemainingTimeInMillis() - reserveMs);
  const answers = await sendOutgoing(messages, { queueUrl, sqs, signal });
  return { messageIds: answers.map(({ messageId }) => messageId) };
}
