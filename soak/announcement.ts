import type { SoakOptions } from './options.ts';
import { comesBackMs } from './sooner-visible.ts';
import { hangsInAThousand } from './superoffice-faults.ts';

/** What is about to happen, and what of it is not as it would be in AWS. */
export function announcementOf(options: SoakOptions, visibilityTimeoutSeconds: number): string[] {
  const { events, offerRate, faultRate, killEvery, maxCallsPerSecond, connectionSetUpMs, seed } =
    options;
  const kills = killEvery > 0 ? `a kill every ${killEvery} s` : 'no kills';
  const setUp = connectionSetUpMs > 0 ? `, ${connectionSetUpMs} ms a connection` : '';
  const pace = `at most ${maxCallsPerSecond} calls a second${setUp}`;
  const { least, most } = comesBackMs;
  return [
    `${events} events, ${offerRate} % offers, ${faultRate} % faults, ${kills}, ${pace}, seed ${seed}`,
    `  scaled: what a killed sandbox had, or whose visibility could not be changed, comes back ${least / 1000} to ${most / 1000} s`,
    `          after its invocation ended, not when the ${visibilityTimeoutSeconds} s visibility timeout ends. A live invocation keeps all of it`,
    `  rare:   ${hangsInAThousand} in 1,000 faults hang, each for the whole 5 s of a call, in one of two sandboxes`,
    '  real:   function timeout 15 s, call timeout 5 s, backoff, deadlines, deduplication window, and time',
  ];
}
