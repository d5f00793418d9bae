import { createHash, randomBytes } from 'node:crypto';
import type { SignInOptions } from './options.ts';

/** One attempt to sign in: what is asked for, and what proves that the answer is to it. */
export type Authorization = {
  /** For the browser. */
  url: string;
  /** Comes back unchanged. */
  state: string;
  /** PKCE: whoever shows it is who asked (RFC 7636). */
  codeVerifier: string;
};

/** Begins the authorization code flow for a tenant. */
export function beginAuthorization(
  loginUrl: string,
  { customer, clientId, redirectUri }: Pick<SignInOptions, 'customer' | 'clientId' | 'redirectUri'>,
): Authorization {
  const state = randomBytes(32).toString('base64url');
  const codeVerifier = randomBytes(32).toString('base64url');
  const url = new URL('/login/common/oauth/authorize', loginUrl);
  const asked = {
    client_id: clientId,
    scope: 'openid',
    redirect_uri: redirectUri,
    response_type: 'code',
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    // Skips the choice among the tenants of whoever signs in.
    acr_values: `tenant:${customer}`,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, state, codeVerifier };
}

/** What a browser was sent back with. */
export type Redirect =
  | { kind: 'code'; code: string }
  /** SuperOffice gave no code; its word, if it is one. */
  | { kind: 'refused'; error: string }
  /** Not to this sign-in. */
  | { kind: 'other' };

/** Reads the address that a browser ended at, or as much of it as was pasted. */
export function readRedirect(address: string, state: string): Redirect {
  const [, query = address] = /\?(.*)$/.exec(address.trim()) ?? [];
  const params = new URLSearchParams(query.replace(/#.*$/, ''));
  if (params.get('state') !== state) return { kind: 'other' };
  const code = params.get('code');
  if (code) return { kind: 'code', code };
  const error = params.get('error') ?? '';
  return { kind: 'refused', error: /^[a-z_]{1,40}$/.test(error) ? error : 'without a word why' };
}
