import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { required, requiredNumber } from '../../../runtime/environment.ts';
import { reportOfEnvironment } from '../../../runtime/report.ts';
import { callTimeoutMs, superOfficeOfEnvironment } from '../../../runtime/superoffice.ts';
import { systemClock as clock } from '../../../superoffice/clock.ts';
import { createResultQueues } from '../queues.ts';
import { createSecondLook } from './second-look.ts';

const report = reportOfEnvironment();
const superOffice = superOfficeOfEnvironment({
  report,
  callSpacingMs: requiredNumber('CALL_SPACING_MS'),
  // A dead letter that waits longer comes again.
  longestPauseMs: callTimeoutMs,
});
const { RESULT_QUEUE_URLS } = process.env;
const queues = createResultQueues({
  resultQueueUrl: required('RESULT_QUEUE_URL'),
  resultQueueUrls: RESULT_QUEUE_URLS ? JSON.parse(RESULT_QUEUE_URLS) : undefined,
});
const secondLook = createSecondLook(
  { superOffice, queues, report, clock },
  { roleId: required('ROLE_ID') },
);

/** Consumes dead letters of the event queue; answers with those that stay. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return await secondLook(event.Records, clock.now() + context.getRemainingTimeInMillis());
}
