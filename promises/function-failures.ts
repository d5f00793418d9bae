import type { Breach } from './breach.ts';
import type { RunRecord } from './run-record.ts';

/** The function ends by itself only when it has answered, and what it meets was thought of. */
export function functionFailures({
  invocations,
  kills,
  unexpectedErrors,
}: Pick<RunRecord, 'invocations' | 'kills' | 'unexpectedErrors'>): Breach[] {
  const failures = invocations
    .map(({ failure }) => failure)
    .filter((failure) => failure !== undefined);
  const killed = failures.filter((failure) => failure === 'killed').length;
  return [
    ...failures.filter((failure) => failure !== 'killed').map((says) => ({ says })),
    ...(killed > kills ? [{ says: `${killed} died, ${kills} were killed` }] : []),
    ...unexpectedErrors.map((line) => ({ says: `an error that nobody thought of: ${line}` })),
  ];
}
