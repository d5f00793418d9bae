import { systemClock as clock } from '../../superoffice/clock.ts';
import { createWebApi } from '../../superoffice/web-api.ts';
import { createCalls } from '../route-chat/calls.ts';
import { required, tenantOf } from '../route-chat/environment.ts';
import { failureOf, refusalOf } from '../route-chat/failure.ts';
import { createPacer } from '../route-chat/pacer.ts';
import { createReport } from '../route-chat/report.ts';
import { createReportedTicket } from '../route-chat/ticket.ts';
import { createSecretReader } from '../route-chat/ticket-secret.ts';
import { callTimeoutMs } from '../route-chat/timing.ts';

const report = createReport({
  service: required('POWERTOOLS_SERVICE_NAME'),
  namespace: required('POWERTOOLS_METRICS_NAMESPACE'),
  now: clock.now,
});
const calls = createCalls({
  ticket: createReportedTicket(createSecretReader(required('TICKET_SECRET_ARN')), report, clock),
  tenant: tenantOf(callTimeoutMs),
  // One call in four hours needs no pace.
  pacer: createPacer({ spacingMs: 0, clock }),
  clock,
  longestPauseMs: 0,
});
const webApi = createWebApi({ timeoutMs: callTimeoutMs, clock });

/**
 * Uses the ticket, so that its six idle hours start anew.
 * @throws Error that says what SuperOffice answered: Lambda then tries twice more.
 */
export async function handler(): Promise<void> {
  const answer = await calls(webApi.currentPrincipal, {
    functionLatestStart: Number.POSITIVE_INFINITY,
  });
  report.flush();
  if (answer.kind === 'ok') return;
  const { code, message } = answer.kind === 'refused' ? refusalOf(answer) : failureOf(answer).error;
  throw new Error(`The ticket could not be used (${code}): ${message}`);
}
