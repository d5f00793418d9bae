import { describe, expect, it } from '@jest/globals';
import { LoginError } from '../../../superoffice/login-refusals.ts';
import { requestTokens, type TokenRequest } from '../../../superoffice/tokens.ts';
import { fakeExchange, hangs, json } from '../../support/fake-exchange.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const client = { clientId: 'c789', clientSecret: '§secret§' };
const refresh: TokenRequest = { grant: 'refresh token', refreshToken: '§refresh§', ...client };
const granted = { token_type: 'Bearer', access_token: '8A:Cust12345.abc', expires_in: 3600 };

async function ask(respond: (request: Request) => Response | Promise<Response>, request = refresh) {
  const clock = createVirtualClock();
  const { exchange, requests } = fakeExchange(respond);
  const loginService = { loginUrl: 'https://sod.superoffice.com', clock, exchange };
  const tokens = await clock.until(requestTokens(loginService, request, 5_000));
  return { tokens, sent: requests[0] as Request };
}

async function errorOf(respond: Parameters<typeof ask>[0], request = refresh) {
  try {
    await ask(respond, request);
  } catch (error) {
    if (error instanceof LoginError) return error;
    throw error;
  }
  throw new Error('granted');
}

const answer = (status: number, body: unknown) => () =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });

describe('requestTokens', () => {
  it('sends a refresh token in the body, as a form', async () => {
    const { sent } = await ask(() => json(granted));

    expect([sent.method, sent.url]).toEqual([
      'POST',
      'https://sod.superoffice.com/login/common/oauth/tokens',
    ]);
    expect(sent.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(await sent.text()))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'c789',
      client_secret: '§secret§',
      refresh_token: '§refresh§',
    });
  });

  it('sends a code with what proves who asked for it', async () => {
    const code = { code: 'o0N', redirectUri: 'http://127.0.0.1:7890/', codeVerifier: 'dBj' };

    const { sent } = await ask(() => json(granted), { grant: 'code', ...code, ...client });

    expect(Object.fromEntries(new URLSearchParams(await sent.text()))).toEqual({
      grant_type: 'authorization_code',
      client_id: 'c789',
      client_secret: '§secret§',
      code: 'o0N',
      redirect_uri: 'http://127.0.0.1:7890/',
      code_verifier: 'dBj',
    });
  });

  it.each([
    [3600, 3_600_000],
    ['20', 20_000],
    [undefined, 1_200_000],
    [0, 1_200_000],
    ['soon', 1_200_000],
  ])('reads expires_in %j as %i ms', async (expires_in, livesMs) => {
    const { tokens } = await ask(() => json({ ...granted, expires_in }));

    expect(tokens).toEqual({
      accessToken: '8A:Cust12345.abc',
      livesMs,
      refreshToken: undefined,
      idToken: undefined,
    });
  });

  it.each<[string, boolean, ReturnType<typeof answer>, RegExp]>([
    [
      'revoked',
      true,
      answer(400, { error: 'invalid_grant' }),
      /refused the refresh token: .*revoked.*\(invalid_grant\)/,
    ],
    [
      'wrong client',
      true,
      answer(401, { error: 'invalid_client' }),
      /client id or the client secret is wrong/,
    ],
    [
      'consent withdrawn',
      true,
      answer(400, { error: 'access_denied' }),
      /consent was refused or withdrawn/,
    ],
    [
      'revoked by the tenant',
      true,
      answer(400, {
        error: 'invalid_grant',
        error_description: 'Authorization error: Revoked (1)',
      }),
      /revoked: an administrator.*\(Revoked\)/,
    ],
    [
      'by number alone',
      true,
      answer(403, { Message: 'Authorization error (5)' }),
      /\(NeedsReapproval\)/,
    ],
    ['unknown word', false, answer(400, { error: 'so_sorry' }), /answered 400 without a reason/],
    [
      'a page',
      false,
      answer(200, '<html>§</html>'),
      /answered 200 with what is no JSON, perhaps a page/,
    ],
    [
      'a page of a proxy',
      false,
      answer(403, '<html>§</html>'),
      /answered 403 with what is no JSON/,
    ],
    ['down', false, answer(503, '<html>§</html>'), /answered 503: it is down or busy/],
    ['busy', false, answer(429, ''), /answered 429: it is down or busy/],
    [
      'no token',
      false,
      answer(200, { token_type: 'Bearer' }),
      /answered 200 without an access token/,
    ],
    [
      'no header',
      false,
      answer(200, { access_token: '8A:a\nb' }),
      /answered 200 without an access token/,
    ],
    ['redirected', false, answer(302, ''), /answered 302 with what is no JSON/],
  ])('says why: %s', async (_, isRefusal, respond, says) => {
    const error = await errorOf(respond);

    expect(error.message).toMatch(says);
    expect(error.isRefusal).toBe(isRefusal);
    expect(error.message).not.toContain('§');
  });

  it('says that it did not answer in time', async () => {
    expect(await errorOf(hangs)).toMatchObject({
      message: 'The login service did not answer in time.',
      isRefusal: false,
    });
  });

  it.each([
    'Revoked',
    'InvalidRedirectUrl',
    'Expired',
    'Denied',
    'NeedsReapproval',
    'InvalidTimestamp',
    'InvalidSignature',
  ])('knows the AuthorizeErrorCode %s', async (name) => {
    const said = { error: 'invalid_grant', error_description: `${name} §refresh§` };

    const { message } = await errorOf(answer(400, said));

    expect(message).toMatch(new RegExp(`\\(${name}\\)\\.$`));
    expect(message).not.toContain('§');
  });
});
