import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import type { Story } from '../run-record.ts';
import type { Broken } from './broken.ts';

/** The function ends by itself only when it has answered, whatever it met. */
export function brokenFunction({ batches, kills, bugs }: Story): Broken[] {
  const failed = batches.filter(({ failure }) => failure !== undefined);
  const killed = failed.filter(({ failure }) => failure === 'killed').length;
  return [
    ...failed
      .filter(({ failure }) => failure !== 'killed')
      .map(({ failure }): Broken => ({ promise: 'function failed', says: String(failure) })),
    ...(killed > kills
      ? [{ promise: 'function failed', says: `${killed} died, ${kills} were killed` } as const]
      : []),
    ...(bugs > 0
      ? [{ promise: 'function failed', says: `${bugs} attempts threw (see the log)` } as const]
      : []),
  ];
}

/** SuperOffice is never called faster than it allows. */
export function brokenPace({ calls, allowedCallsPerSecond }: Story): Broken[] {
  const most = mostCallsInASecond(calls.map(({ at }) => at));
  if (most <= allowedCallsPerSecond) return [];
  return [{ promise: 'too fast', says: `${most} calls in a second` }];
}
