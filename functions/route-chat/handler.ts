import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { required, requiredNumber } from '../../runtime/environment.ts';
import { reportOfEnvironment } from '../../runtime/report.ts';
import { superOfficeOfEnvironment } from '../../runtime/superoffice.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { createQueues } from './queues.ts';
import { createRenewalRequests } from './renewal-requests.ts';
import { createRouteChat } from './route-chat.ts';
import { warmUp } from './warm-up.ts';

/** Module load waits no longer for what makes the first event faster. */
const initTimeoutMs = 2_000;

const timeToLiveMs = requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000;
const report = reportOfEnvironment();
const { RESULT_QUEUE_URLS, RENEWAL_QUEUE_URL } = process.env;
const superOffice = superOfficeOfEnvironment({
  report,
  callSpacingMs: requiredNumber('CALL_SPACING_MS'),
  longestPauseMs: timeToLiveMs,
  onCall: () => report.count('Call'),
  askForAnother: RENEWAL_QUEUE_URL ? createRenewalRequests(RENEWAL_QUEUE_URL, report) : undefined,
});
const queueUrls = {
  eventQueueUrl: required('EVENT_QUEUE_URL'),
  resultQueueUrl: required('RESULT_QUEUE_URL'),
  resultQueueUrls: RESULT_QUEUE_URLS ? JSON.parse(RESULT_QUEUE_URLS) : undefined,
};
const queues = createQueues(queueUrls);
const routeChat = createRouteChat(
  { superOffice, queues, report, clock },
  {
    timeToLiveMs,
    roleId: required('ROLE_ID'),
  },
);

// While Lambda initialises the sandbox, which it does at full CPU. Whatever fails here, the first
// event does for itself, or finds why not.
await Promise.race([
  Promise.allSettled([superOffice.prepare(), queues.connect(), warmUp(queueUrls, clock)]),
  clock.sleep(initTimeoutMs),
]);

/** Consumes route chat events from SQS; answers with the records that are to come again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return await routeChat(event.Records, clock.now() + context.getRemainingTimeInMillis());
}
