import { type Clock, startSpan, type TimeSpan } from './clock.ts';
import {
  type Credential,
  isSameCredential,
  parseCredential,
  UnusableSecretError,
} from './credential.ts';
import { singleFlight } from './single-flight.ts';

/** What there is to authenticate with at the moment. */
export type HeldCredential =
  | { kind: 'credential'; credential: Credential }
  /** SuperOffice refused the newest one a moment ago: not tried again for every event. */
  | { kind: 'credential-refused' }
  /** Nothing to authenticate with; the reason names the field, or AWS's error, and no value. */
  | { kind: 'credential-unavailable'; reason: string };

export type CredentialSource = {
  current(): Promise<HeldCredential>;
  /** The same, where nothing has to be read for it. */
  atHand(): HeldCredential | undefined;
  /** Re-reads the secret after a 401 or 403. True where there is now another credential to try. */
  renew(refused: Credential, httpStatus: 401 | 403): Promise<boolean>;
};

export type CredentialSourceOptions = {
  /** The SecretString. May reject. */
  readSecret: () => Promise<string>;
  /** Told once a read, not once an event. */
  onUnavailable: (reason: string) => void;
  /** Told when SuperOffice says 401 to the newest credential there is. */
  onRefused: () => void;
  clock: Clock;
};

const keptMs = 300_000;
const renewalSpacingMs = 10_000;

/**
 * The credential as the secret holds it: kept five minutes, longer while it cannot be re-read. A
 * failed read is never kept. One read is under way however many calls wait for it.
 */
export function createCredentialSource(options: CredentialSourceOptions): CredentialSource {
  const { readSecret, onUnavailable, onRefused, clock } = options;
  let kept: { credential: Credential; fresh: TimeSpan } | undefined;
  let refusal: TimeSpan | undefined;
  let renewalPause = startSpan(clock, 0);

  const reading = singleFlight(async (): Promise<HeldCredential> => {
    try {
      const read = parseCredential(await readSecret());
      // The same object as long as it is the same credential: whose it is, is remembered by it.
      const credential = kept && isSameCredential(kept.credential, read) ? kept.credential : read;
      kept = { credential, fresh: startSpan(clock, keptMs) };
    } catch (error) {
      const reason = reasonOf(error);
      onUnavailable(reason);
      if (!kept) return { kind: 'credential-unavailable', reason };
      kept.fresh = startSpan(clock, renewalSpacingMs);
    }
    return { kind: 'credential', credential: kept.credential };
  });

  function atHand(): HeldCredential | undefined {
    if (refusal) return refusal.isOver() ? undefined : { kind: 'credential-refused' };
    if (!kept || kept.fresh.isOver()) return undefined;
    return { kind: 'credential', credential: kept.credential };
  }

  return {
    atHand,
    async current() {
      const held = atHand();
      if (held) return held;
      if (refusal) {
        refusal = undefined;
        renewalPause = startSpan(clock, renewalSpacingMs);
      }
      return await reading.run();
    },

    async renew(refused, httpStatus) {
      const isAnother = () => kept?.credential !== refused;
      if (isAnother()) return true;
      if (reading.isUnderWay() || renewalPause.isOver()) {
        renewalPause = startSpan(clock, renewalSpacingMs);
        await reading.run();
        if (isAnother()) return true;
      }
      // A 403 may be about the one chat session; a 401 is about the credential.
      if (httpStatus === 401 && refusal === undefined) {
        refusal = startSpan(clock, renewalSpacingMs);
        onRefused();
      }
      return false;
    },
  };
}

/** Our own words, or AWS's error name: AWS's messages may quote ARNs and principals. */
function reasonOf(error: unknown): string {
  if (error instanceof UnusableSecretError) return `${error.name}: ${error.message}`;
  const name = error instanceof Error ? error.name : 'unknown';
  return `${name}: the secret could not be read; check that it exists and that the function may read it (and its key).`;
}
