import type { RefreshToken } from './credential.ts';
import { LoginError } from './login-refusals.ts';
import { askLoginService, type LoginService } from './login-service.ts';

/** What the login service gives for a refresh token, or for the code of a sign-in. */
export type Tokens = {
  accessToken: string;
  /** From now on. */
  livesMs: number;
  refreshToken: string | undefined;
  idToken: string | undefined;
};

export type TokenRequest =
  | ({ grant: 'refresh token' } & RefreshToken)
  | {
      grant: 'code';
      code: string;
      redirectUri: string;
      codeVerifier: string;
      clientId: string;
      clientSecret: string;
    };

/** Where an answer does not say: the shorter of the two lifetimes that are documented. */
const lifetimeUntoldMs = 20 * 60_000;

/**
 * Asks for tokens.
 * @throws LoginError that says what was refused and why, or why no answer can be had.
 */
export async function requestTokens(
  loginService: LoginService,
  request: TokenRequest,
  timeoutMs: number,
): Promise<Tokens> {
  const answer = await askLoginService(loginService, {
    grant: request.grant,
    path: '/login/common/oauth/tokens',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(formOf(request)).toString(),
    timeoutMs,
  });
  const accessToken = textOf(answer.access_token);
  // A header cannot carry anything else: Node would throw at every call.
  if (!accessToken || !/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new LoginError('The login service answered 200 without an access token.');
  }
  const seconds = Number(answer.expires_in);
  return {
    accessToken,
    livesMs: seconds > 0 ? seconds * 1000 : lifetimeUntoldMs,
    refreshToken: textOf(answer.refresh_token),
    idToken: textOf(answer.id_token),
  };
}

function formOf(request: TokenRequest): Record<string, string> {
  const client = { client_id: request.clientId, client_secret: request.clientSecret };
  if (request.grant === 'refresh token') {
    return { grant_type: 'refresh_token', ...client, refresh_token: request.refreshToken };
  }
  const { code, redirectUri, codeVerifier } = request;
  return {
    grant_type: 'authorization_code',
    ...client,
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  };
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
