import type { SeedAssociate } from './associates.ts';

const slidingWindowMs = 6 * 60 * 60 * 1000;
const bearerLifetimeMs = 60 * 60 * 1000;

type Scheme = 'soticket' | 'bearer';

interface Credential {
  associateId: number;
  scheme: Scheme;
  validUntil: number;
}

/** The tickets and bearer tokens a tenant has given out. */
export interface Tickets {
  /** Another live SoTicket for the associate; earlier ones stay live. */
  issueTicket(associateName: string): string;
  /** A bearer token: an hour unless told otherwise, however often it is used. */
  issueBearer(associateName: string, lifetimeMs?: number): string;
  /** Ends every ticket and token given out so far. */
  expireTickets(): void;
  /** Whose credential it is, or undefined where it is unknown or over. A ticket's use renews it. */
  use(scheme: string, value: string): number | undefined;
}

/** Keeps tickets on the given clock: six hours after its last use a ticket is gone for good. */
export function createTickets(
  now: () => number,
  customerId: string,
  findByName: (name: string) => SeedAssociate | undefined,
): Tickets {
  const live = new Map<string, Credential>();
  let issued = 0;

  const issue = (
    associateName: string,
    scheme: Scheme,
    lifetimeMs: number,
    text: (serial: string) => string,
  ) => {
    const who = findByName(associateName);
    if (who === undefined) throw new Error(`The stand-in has no associate named ${associateName}`);
    issued += 1;
    const value = text(String(issued).padStart(8, '0'));
    live.set(value, { associateId: who.associateId, scheme, validUntil: now() + lifetimeMs });
    return value;
  };

  return {
    issueTicket: (associateName) =>
      issue(associateName, 'soticket', slidingWindowMs, (serial) => fakeTicket(serial, customerId)),
    issueBearer: (associateName, lifetimeMs = bearerLifetimeMs) =>
      issue(
        associateName,
        'bearer',
        lifetimeMs,
        (serial) => `8A:${customerId}.fake-bearer-${serial}`,
      ),
    expireTickets: () => live.clear(),
    use(scheme, value) {
      const credential = live.get(value);
      if (credential === undefined || credential.scheme !== scheme) return undefined;
      if (now() >= credential.validUntil) {
        // Forgotten, not marked: no later change of the clock can bring it back.
        live.delete(value);
        return undefined;
      }
      if (scheme === 'soticket') credential.validUntil = now() + slidingWindowMs;
      return credential.associateId;
    },
  };
}

/** Shaped like the documented sample: `7T:` + base64 of UTF-16LE `hex32;digits;CustNNN`. */
function fakeTicket(serial: string, customerId: string): string {
  const plain = `${'fa4e'.repeat(6)}${serial};000000;${customerId}`;
  return `7T:${Buffer.from(plain, 'utf16le').toString('base64')}`;
}
