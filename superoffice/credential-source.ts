import type { AccessTokens } from './access-tokens.ts';
import { type Clock, startSpan, type TimeSpan } from './clock.ts';
import { type Credential, isSameCredential, parseCredential } from './credential.ts';
import { LoginError } from './login-refusals.ts';
import { UnusableSecretError } from './secret-fields.ts';
import { singleFlight } from './single-flight.ts';

/** What there is to authenticate with at the moment. */
export type HeldCredential =
  | { kind: 'credential'; credential: Credential }
  /** SuperOffice refused the newest one a moment ago: not tried again for every event. */
  | { kind: 'credential-refused' }
  /** Nothing to authenticate with; the reason names the field, or the error of AWS or of the login service, and no value. */
  | { kind: 'credential-unavailable'; reason: string };

export type CredentialSource = {
  current(): Promise<HeldCredential>;
  /** The same, where nothing has to be read for it. */
  atHand(): HeldCredential | undefined;
  /**
   * Re-reads the secret after a 401 or 403, and has another access token fetched where it holds a
   * refresh token. True where there is now another credential to try.
   */
  renew(refused: Credential, httpStatus: 401 | 403): Promise<boolean>;
};

/** A credential that was given and stays as it is. */
export function fixedCredential(credential: Credential): CredentialSource {
  const held = { kind: 'credential', credential } as const;
  return { current: async () => held, atHand: () => held, renew: async () => false };
}

export type CredentialSourceOptions = {
  /** The SecretString. May reject. */
  readSecret: () => Promise<string>;
  /** Fetches access tokens, where there is a login service to fetch them from. */
  accessTokens?: AccessTokens | undefined;
  /** For reading the secret and fetching an access token together. */
  timeoutMs: number;
  /** Told once a read, not once an event. */
  onUnavailable: (reason: string) => void;
  /**
   * Told when SuperOffice says 401 to the newest credential there is; awaited, so that it is brief.
   * `on-its-way`: another credential was asked for.
   */
  onRefused: () => Promise<'on-its-way' | undefined>;
  /** Told when the login service refuses the refresh token; the reason holds no value. */
  onLoginRefused: (reason: string) => void;
  clock: Clock;
};

type Kept = {
  credential: Credential;
  /** Until it is looked for anew. */
  fresh: TimeSpan;
  /** Until it is of no use, where it ends by itself. */
  alive?: TimeSpan;
};

const keptMs = 300_000;
const renewalSpacingMs = 10_000;
/** What it takes to make another credential, mostly. */
const onItsWayMs = 3_000;

/**
 * The credential as the secret holds it, or as it is fetched with what the secret holds: kept five
 * minutes or as long as an access token is fresh, longer while it cannot be had anew. A failed read is
 * never kept. One read is under way however many calls wait for it.
 */
export function createCredentialSource(options: CredentialSourceOptions): CredentialSource {
  const { readSecret, accessTokens, clock } = options;
  let kept: Kept | undefined;
  let refusal: TimeSpan | undefined;
  let renewalPause = startSpan(clock, 0);
  let told: unknown;

  const tell = (error: unknown, reason: string) =>
    error instanceof LoginError && error.isRefusal
      ? options.onLoginRefused(reason)
      : options.onUnavailable(reason);

  async function read(): Promise<Kept> {
    const startedAt = clock.now();
    const secret = parseCredential(await readSecret());
    const fresh = startSpan(clock, keptMs);
    if (!('refreshToken' in secret)) return { credential: secret, fresh };
    if (!accessTokens) throw new UnusableSecretError(noLoginService);
    const leftMs = options.timeoutMs - (clock.now() - startedAt);
    const token = await accessTokens.of(secret, Math.max(leftMs, 1));
    const freshMs = Math.min(token.fresh.leftMs(), keptMs);
    return { ...token, fresh: startSpan(clock, freshMs) };
  }

  const reading = singleFlight(async (): Promise<HeldCredential> => {
    try {
      const next = await read();
      const isSame = kept && isSameCredential(kept.credential, next.credential);
      // The same object as long as it is the same credential: whose it is, is remembered by it.
      kept = { ...next, credential: isSame && kept ? kept.credential : next.credential };
    } catch (error) {
      const reason = reasonOf(error);
      // The login service's error is kept for a while, in which nobody asked anew.
      if (error !== told) tell(error, reason);
      told = error;
      if (!kept || kept.alive?.isOver()) return { kind: 'credential-unavailable', reason };
      const againMs = Math.min(renewalSpacingMs, kept.alive?.leftMs() ?? renewalSpacingMs);
      kept = { ...kept, fresh: startSpan(clock, againMs) };
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
        accessTokens?.refuse(refused);
        renewalPause = startSpan(clock, renewalSpacingMs);
        await reading.run();
        if (isAnother()) return true;
      }
      // A 403 may be about the one chat session; a 401 is about the credential.
      if (httpStatus === 401 && refusal === undefined) {
        refusal = startSpan(clock, renewalSpacingMs);
        const isOnItsWay = (await options.onRefused()) === 'on-its-way';
        if (isOnItsWay) refusal = startSpan(clock, onItsWayMs);
      }
      return false;
    },
  };
}

const noLoginService =
  'The credential secret holds a refresh token, which SuperOffice Online’s login service renews: expected a deployment with customerId and environment, found one with webApiUrl.';

/** Our own words, or AWS's error name: AWS's messages may quote ARNs and principals. */
function reasonOf(error: unknown): string {
  if (error instanceof UnusableSecretError) return `${error.name}: ${error.message}`;
  if (error instanceof LoginError) return error.message;
  const name = error instanceof Error ? error.name : 'unknown';
  return `${name}: the secret could not be read; check that it exists and that the function may read it (and its key).`;
}
