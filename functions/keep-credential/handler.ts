import type { Context } from 'aws-lambda';
import { required } from '../../runtime/environment.ts';
import { createReport } from '../../runtime/report.ts';
import { callTimeoutMs, superOfficeOfEnvironment } from '../../runtime/superoffice.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { failureOf, refusalOf } from '../../superoffice/failure.ts';

const report = createReport({
  service: required('POWERTOOLS_SERVICE_NAME'),
  namespace: required('POWERTOOLS_METRICS_NAMESPACE'),
  now: clock.now,
});
// One call an hour needs no pace.
const superOffice = superOfficeOfEnvironment({ report, callSpacingMs: 0, longestPauseMs: 0 });

/**
 * Uses the credential, so that the six idle hours after which a ticket dies start anew.
 * @throws Error that says what SuperOffice answered: Lambda then tries twice more.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
  const latestStart = clock.now() + context.getRemainingTimeInMillis() - callTimeoutMs;
  const end = await superOffice.whoAmI({ latestStart });
  report.flush();
  // In maintenance nothing can be used, and no ticket dies of that alone: the next hour will do.
  if (end.kind === 'ok' || end.kind === 'tenant-not-running') return;
  const { code, message } = end.kind === 'refused' ? refusalOf(end) : failureOf(end).error;
  throw new Error(`The credential could not be used (${code}): ${message}`);
}
