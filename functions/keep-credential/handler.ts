import type { Context, SQSEvent } from 'aws-lambda';
import { required } from '../../runtime/environment.ts';
import { reportOfEnvironment } from '../../runtime/report.ts';
import { createSecretReader } from '../../runtime/secret-reader.ts';
import { callTimeoutMs, superOfficeOfEnvironment } from '../../runtime/superoffice.ts';
import { systemClock as clock } from '../../superoffice/clock.ts';
import { type KeptCredential, keepCredential } from './keep-credential.ts';
import { repeat } from './repeat.ts';
import { systemUserRenewal } from './system-user-renewal.ts';

const report = reportOfEnvironment();
// One call an hour needs no pace.
const superOffice = superOfficeOfEnvironment({ report, callSpacingMs: 0, longestPauseMs: 0 });
const readSecret = createSecretReader(required('TICKET_SECRET_ARN'));
const renew = systemUserRenewal(readSecret, report);

/**
 * Keeps the credential usable: every hour, and at once where a message says which version was refused.
 * @throws Error that says what SuperOffice answered: Lambda then tries twice more, SQS until the
 *   message is an hour old.
 */
export async function handler(event: Partial<SQSEvent>, context: Context): Promise<KeptCredential> {
  const latestStart = clock.now() + context.getRemainingTimeInMillis() - callTimeoutMs;
  const bodies = (event.Records ?? []).map(({ body }) => body);
  // Where it was asked for, events are waiting; the schedule has time, and two more attempts by Lambda.
  const isAskedFor = bodies.length > 0;
  try {
    return await keepCredential(
      bodies,
      { latestStart },
      {
        whoAmI: superOffice.whoAmI,
        newestVersionId: async () => (await readSecret()).versionId,
        again: (act) => (isAskedFor ? repeat(act, { clock, until: latestStart }) : act()),
        renew,
      },
    );
  } finally {
    report.flush();
  }
}
