import { type Clock, startSpan, type TimeSpan } from './clock.ts';
import { type Credential, isSameCredential, type RefreshToken } from './credential.ts';
import { LoginError } from './login-refusals.ts';
import type { Tokens } from './tokens.ts';

/** A credential that ends by itself. */
export type AccessToken = {
  credential: Credential;
  /** Until it should be renewed: ahead of its end. */
  fresh: TimeSpan;
  /** Until its end. */
  alive: TimeSpan;
};

export type AccessTokens = {
  /**
   * The access token of a refresh token: the one at hand while it is fresh, else another.
   * @throws LoginError, the same one for ten seconds, in which the login service is not asked again.
   */
  of(refreshToken: RefreshToken, timeoutMs: number): Promise<AccessToken>;
  /** SuperOffice refused it: the next one asked for is another. */
  refuse(credential: Credential): void;
};

export type AccessTokensOptions = {
  /** Asks the login service. Rejects with LoginError. */
  requestTokens: (refreshToken: RefreshToken, timeoutMs: number) => Promise<Tokens>;
  /** Told where the login service gave another refresh token along: the secret keeps the one it has. */
  onOtherRefreshToken: () => void;
  clock: Clock;
};

const failureSpacingMs = 10_000;
/** A third of its life, and no more than this: a call that waits for its slot still leaves in time. */
const longestAheadMs = 300_000;

/** Access tokens in memory. The caller sees to it that one is asked for at a time. */
export function createAccessTokens(options: AccessTokensOptions): AccessTokens {
  const { requestTokens, onOtherRefreshToken, clock } = options;
  let held: (AccessToken & { of: RefreshToken }) | undefined;
  let failure: { of: RefreshToken; error: LoginError; pause: TimeSpan } | undefined;

  return {
    async of(refreshToken, timeoutMs) {
      if (held && isSame(held.of, refreshToken) && !held.fresh.isOver()) return held;
      if (failure && isSame(failure.of, refreshToken) && !failure.pause.isOver()) {
        throw failure.error;
      }
      try {
        const tokens = await requestTokens(refreshToken, timeoutMs);
        const { accessToken, livesMs } = tokens;
        if (![undefined, refreshToken.refreshToken].includes(tokens.refreshToken)) {
          onOtherRefreshToken();
        }
        held = {
          of: refreshToken,
          credential: { authorization: `Bearer ${accessToken}`, appToken: undefined },
          fresh: startSpan(clock, livesMs - Math.min(livesMs / 3, longestAheadMs)),
          alive: startSpan(clock, livesMs),
        };
        return held;
      } catch (error) {
        if (!(error instanceof LoginError)) throw error;
        failure = { of: refreshToken, error, pause: startSpan(clock, failureSpacingMs) };
        throw error;
      }
    },
    refuse(credential) {
      if (held && isSameCredential(held.credential, credential)) held = undefined;
    },
  };
}

const isSame = (one: RefreshToken, other: RefreshToken) =>
  one.refreshToken === other.refreshToken &&
  one.clientId === other.clientId &&
  one.clientSecret === other.clientSecret;
