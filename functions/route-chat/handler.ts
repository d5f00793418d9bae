import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { createWebApi } from '../../superoffice/web-api.ts';
import { createAttempt } from './attempt.ts';
import { createAttempts } from './attempts.ts';
import { createCalls } from './calls.ts';
import { required, requiredNumber, tenantOf } from './environment.ts';
import { createPacer } from './pacer.ts';
import { createPrincipal } from './principal.ts';
import { createQueues } from './queues.ts';
import { createReport } from './report.ts';
import { createRouteChats } from './route-chats.ts';
import { ticketFromSecret } from './ticket-secret.ts';
import { callTimeoutMs, initTimeoutMs } from './timing.ts';

const timeToLiveMs = requiredNumber('EVENT_TIME_TO_LIVE_SECONDS') * 1000;
const report = createReport();
const attempts = createAttempts();
const pacer = createPacer({ spacingMs: requiredNumber('CALL_SPACING_MS'), clock });
const tenant = tenantOf(callTimeoutMs);
const ticket = ticketFromSecret(required('TICKET_SECRET_ARN'), report, clock);
const calls = createCalls({ ticket, tenant, pacer, clock, longestPauseMs: timeToLiveMs });
const webApi = createWebApi({ timeoutMs: callTimeoutMs, clock });
const principal = createPrincipal({ calls, webApi, clock });
const routeChats = createRouteChats({
  attempt: createAttempt({ webApi, calls, principal, attempts, clock }),
  attempts,
  queues: createQueues({
    eventQueueUrl: required('EVENT_QUEUE_URL'),
    resultQueueUrl: required('RESULT_QUEUE_URL'),
  }),
  report,
  clock,
  timeToLiveMs,
});

// Fetched while Lambda initialises the sandbox. Neither rejects, and the first event asks again.
await Promise.race([Promise.all([ticket.current(), tenant.current()]), clock.sleep(initTimeoutMs)]);

/** Consumes route chat events from SQS; answers with the records that are to come again. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const functionEndsAt = clock.now() + context.getRemainingTimeInMillis();
  const response = await routeChats(event.Records, functionEndsAt);
  report.flush();
  await pacer.idle();
  return response;
}
