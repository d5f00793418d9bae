import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { required, requiredNumber } from '../../runtime/environment.ts';
import { createReport } from '../../runtime/report.ts';
import { superOfficeOfEnvironment } from '../../runtime/superoffice.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { createQueues } from './queues.ts';
import { createRouteChat } from './route-chat.ts';

/** Module load waits no longer for credential and address. */
const initTimeoutMs = 2_000;

const timeToLiveMs = requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000;
const report = createReport({
  service: required('POWERTOOLS_SERVICE_NAME'),
  namespace: required('POWERTOOLS_METRICS_NAMESPACE'),
  now: clock.now,
});
const superOffice = superOfficeOfEnvironment({
  report,
  callSpacingMs: requiredNumber('CALL_SPACING_MS'),
  longestPauseMs: timeToLiveMs,
});
const { RESULT_QUEUE_URLS } = process.env;
const queues = createQueues({
  eventQueueUrl: required('EVENT_QUEUE_URL'),
  resultQueueUrl: required('RESULT_QUEUE_URL'),
  resultQueueUrls: RESULT_QUEUE_URLS ? JSON.parse(RESULT_QUEUE_URLS) : undefined,
});
const routeChat = createRouteChat({ superOffice, queues, report, clock }, { timeToLiveMs });

// While Lambda initialises the sandbox, which it does at full CPU.
await Promise.race([superOffice.prepare(), clock.sleep(initTimeoutMs)]);

/** Consumes route chat events from SQS; answers with the records that are to come again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return await routeChat(event.Records, clock.now() + context.getRemainingTimeInMillis());
}
