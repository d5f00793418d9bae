import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { required, requiredNumber, tenantOf } from './environment.ts';
import { createQueues } from './queues.ts';
import { createReport } from './report.ts';
import { createRouteChat } from './route-chat.ts';
import { createSecretReader } from './ticket-secret.ts';
import { callTimeoutMs } from './timing.ts';

const routeChat = createRouteChat(
  {
    queues: createQueues({
      eventQueueUrl: required('EVENT_QUEUE_URL'),
      resultQueueUrl: required('RESULT_QUEUE_URL'),
    }),
    readSecret: createSecretReader(required('TICKET_SECRET_ARN')),
    tenant: tenantOf(callTimeoutMs),
    report: createReport({
      service: required('POWERTOOLS_SERVICE_NAME'),
      namespace: required('POWERTOOLS_METRICS_NAMESPACE'),
      now: clock.now,
    }),
    clock,
  },
  {
    timeToLiveMs: requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000,
    callSpacingMs: requiredNumber('CALL_SPACING_MS'),
  },
);

// While Lambda initialises the sandbox, which it does at full CPU.
await routeChat.init();

/** Consumes route chat events from SQS; answers with the records that are to come again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return await routeChat.handle(event.Records, clock.now() + context.getRemainingTimeInMillis());
}
