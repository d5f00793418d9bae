import { createHash, type KeyObject } from 'node:crypto';
import { appToken } from '../superoffice/authorize.ts';
import type { Tenant } from '../superoffice/tenant.ts';
import { toJwt } from './keys.ts';
import type { LoginAnswer } from './login-answer.ts';
import { clientId } from './registration.ts';

const codeLifetimeMs = 10 * 60_000;

/**
 * The authorization code flow and refresh tokens, as documented: a refresh token can be used again
 * and again, for as long as the consent is there. What a refusal looks like is not documented; these
 * are RFC 6749's.
 */
export function createAuthorizations(options: {
  tenant: Tenant;
  accessTokenSeconds: number;
  key: KeyObject;
  signsIn: string | undefined;
  redirectUri: string;
}) {
  const { tenant, accessTokenSeconds, key, signsIn } = options;
  /** Associate by refresh token. */
  const consents = new Map<string, string>();
  const codes = new Map<string, { associate: string; challenge: string; validUntil: number }>();
  let issued = 0;
  let givesOther = false;

  const next = (kind: string) => {
    issued += 1;
    return `fake-${kind}-${String(issued).padStart(6, '0')}`;
  };
  const consent = (associateName: string) => {
    const refreshToken = next('refresh');
    consents.set(refreshToken, associateName);
    return refreshToken;
  };
  const grant = (associateName: string, refreshToken: string | undefined): LoginAnswer => {
    const who = tenant.findAssociate(associateName);
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        access_token: tenant.issueBearer(associateName, accessTokenSeconds * 1000),
        expires_in: accessTokenSeconds,
        ...(refreshToken && { refresh_token: refreshToken }),
        id_token: toJwt(key, {
          ctx: tenant.customerId,
          associateid: String(who?.associateId),
          initials: associateName,
          upn: who?.userName ?? associateName,
        }),
      },
    };
  };

  return {
    consent,
    revoke: () => consents.clear(),
    giveOtherRefreshTokens: () => {
      givesOther = true;
    },

    /** What the browser is sent back with; nobody is asked, `signsIn` has consented. */
    authorize(query: URLSearchParams): LoginAnswer {
      const redirectUri = query.get('redirect_uri');
      if (query.get('client_id') !== clientId || redirectUri !== options.redirectUri) {
        return {
          status: 200,
          body: '<html>Authorization error: InvalidRedirectUrl (2)</html>',
        };
      }
      const back = new URL(redirectUri);
      back.searchParams.set('state', query.get('state') ?? '');
      const isAsked = query.get('response_type') === 'code' && query.get('scope') === 'openid';
      const challenge = query.get('code_challenge');
      if (!isAsked || challenge === null || query.get('code_challenge_method') !== 'S256') {
        back.searchParams.set('error', 'invalid_request');
      } else if (signsIn === undefined) {
        back.searchParams.set('error', 'access_denied');
      } else {
        const code = next('code');
        codes.set(code, {
          associate: signsIn,
          challenge,
          validUntil: tenant.now() + codeLifetimeMs,
        });
        back.searchParams.set('code', code);
      }
      return { status: 302, headers: { location: back.href }, body: '' };
    },

    tokens(form: URLSearchParams): LoginAnswer {
      if (form.get('client_id') !== clientId || form.get('client_secret') !== appToken) {
        return { status: 401, body: { error: 'invalid_client' } };
      }
      switch (form.get('grant_type')) {
        case 'refresh_token': {
          const associate = consents.get(form.get('refresh_token') ?? '');
          if (associate === undefined) return { status: 400, body: { error: 'invalid_grant' } };
          return grant(associate, givesOther ? consent(associate) : undefined);
        }
        case 'authorization_code': {
          const code = form.get('code') ?? '';
          const asked = codes.get(code);
          codes.delete(code);
          const proof = createHash('sha256').update(form.get('code_verifier') ?? '');
          const isGood =
            asked?.challenge === proof.digest('base64url') &&
            tenant.now() < asked.validUntil &&
            form.get('redirect_uri') === options.redirectUri;
          if (!asked || !isGood) return { status: 400, body: { error: 'invalid_grant' } };
          return grant(asked.associate, consent(asked.associate));
        }
        default:
          return { status: 400, body: { error: 'unsupported_grant_type' } };
      }
    },
  };
}
