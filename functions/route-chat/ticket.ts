import type { Clock } from '../../superoffice/clock.ts';
import {
  type Credential,
  isSameCredential,
  parseCredential,
} from '../../superoffice/credential.ts';
import type { Report } from './report.ts';

export type TicketState =
  | { kind: 'credential'; credential: Credential }
  /** SuperOffice refused the newest ticket a moment ago: not tried again for every event. */
  | { kind: 'refused' }
  /** Nothing to authenticate with; the reason names the field, or AWS's error, and no value. */
  | { kind: 'unavailable'; reason: string };

export type Ticket = {
  current(): Promise<TicketState>;
  /** The same, where nothing has to be read for it. */
  atHand(): TicketState | undefined;
  /** Re-reads the secret after a 401 or 403. True where there is now another ticket to try. */
  renew(refused: Credential, httpStatus: 401 | 403): Promise<boolean>;
};

export type TicketOptions = {
  /** The SecretString. May reject. */
  readSecret: () => Promise<string>;
  /** Told once a read, not once an event. */
  onUnavailable: (reason: string) => void;
  /** Told when SuperOffice says 401 to the newest ticket there is. */
  onRefused: () => void;
  clock: Clock;
};

const maxAgeMs = 300_000;
const renewalSpacingMs = 10_000;

/**
 * The ticket as the secret holds it: kept five minutes, longer while it cannot be re-read. A failed
 * read is never kept. One read is in flight however many events wait for it.
 */
export function createTicket({
  readSecret,
  onUnavailable,
  onRefused,
  clock,
}: TicketOptions): Ticket {
  let kept: { credential: Credential; until: number } | undefined;
  let refusedAt: number | undefined;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<TicketState> | undefined;

  async function read(): Promise<TicketState> {
    try {
      const credential = parseCredential(await readSecret());
      kept = { credential, until: clock.now() + maxAgeMs };
      return { kind: 'credential', credential };
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${safeMessage(error)}` : 'unknown';
      onUnavailable(reason);
      if (!kept) return { kind: 'unavailable', reason };
      kept.until = clock.now() + renewalSpacingMs;
      return { kind: 'credential', credential: kept.credential };
    }
  }

  const readOnce = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  function atHand(): TicketState | undefined {
    const now = clock.now();
    if (refusedAt !== undefined) {
      return now < refusedAt + renewalSpacingMs ? { kind: 'refused' } : undefined;
    }
    return kept && now < kept.until
      ? { kind: 'credential', credential: kept.credential }
      : undefined;
  }

  return {
    async current() {
      const state = atHand();
      if (state) return state;
      if (refusedAt !== undefined) {
        refusedAt = undefined;
        renewedAt = clock.now();
      }
      return await readOnce();
    },
    atHand,

    async renew(refused, httpStatus) {
      const isAnother = () => kept !== undefined && !isSameCredential(kept.credential, refused);
      if (isAnother()) return true;
      if (reading || clock.now() >= renewedAt + renewalSpacingMs) {
        renewedAt = clock.now();
        await readOnce();
        if (isAnother()) return true;
      }
      // A 403 may be about the one chat session; a 401 is about the ticket.
      if (httpStatus === 401 && refusedAt === undefined) {
        refusedAt = clock.now();
        onRefused();
      }
      return false;
    },
  };
}

/** Our own words, or AWS's error name: AWS's messages may quote ARNs and principals. */
const safeMessage = (error: Error) =>
  error.name === 'UnusableSecretError'
    ? error.message
    : 'the ticket secret could not be read; check that it exists and that the function may read it (and its key).';

/** A ticket whose troubles are logged, and counted for the alarms. */
export function createReportedTicket(
  readSecret: () => Promise<string>,
  report: Report,
  clock: Clock,
): Ticket {
  return createTicket({
    readSecret,
    onUnavailable(reason) {
      report.problem('the ticket secret could not be used', { reason });
      report.count('TicketUnavailable');
    },
    onRefused() {
      report.problem('SuperOffice refused the newest ticket the secret holds (401)');
      report.count('TicketRefused');
    },
    clock,
  });
}
