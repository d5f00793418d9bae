import { describe, expect, it } from '@jest/globals';
import { type AccessTokens, createAccessTokens } from '../../../superoffice/access-tokens.ts';
import type { Credential } from '../../../superoffice/credential.ts';
import { createCredentialSource } from '../../../superoffice/credential-source.ts';
import { LoginError } from '../../../superoffice/login-refusals.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const anHour = 3_600_000;
const secretOf = (refreshToken: string) =>
  JSON.stringify({ refreshToken, clientId: 'c', clientSecret: 's' });
const down = new LoginError('The login service answered 503: it is down or busy.');
const revoked = new LoginError('The login service refused the refresh token: revoked.', {
  isRefusal: true,
});

/** A secret, and a login service that gives another access token each time, or fails as it is told. */
function setUp(
  given: { secret?: string; livesMs?: number; loginService?: false; another?: 'on-its-way' } = {},
) {
  const clock = createVirtualClock();
  const told = { unavailable: [] as string[], refused: 0, loginRefused: [] as string[] };
  const stub = { secret: secretOf('r'), fails: undefined as LoginError | undefined, ...given };
  const asked: { as: string; timeoutMs: number }[] = [];
  const accessTokens: AccessTokens = createAccessTokens({
    async requestTokens({ refreshToken }, timeoutMs) {
      asked.push({ as: refreshToken, timeoutMs });
      await clock.sleep(100);
      if (stub.fails) throw stub.fails;
      return {
        accessToken: `${refreshToken}${asked.length}`,
        livesMs: stub.livesMs ?? anHour,
        refreshToken: undefined,
        idToken: undefined,
      };
    },
    onOtherRefreshToken() {},
    clock,
  });
  const source = createCredentialSource({
    async readSecret() {
      await clock.sleep(1_000);
      return stub.secret;
    },
    ...(stub.loginService !== false && { accessTokens }),
    timeoutMs: 5_000,
    onUnavailable: (reason) => told.unavailable.push(reason),
    async onRefused() {
      told.refused += 1;
      return stub.another;
    },
    onLoginRefused: (reason) => told.loginRefused.push(reason),
    clock,
  });
  const current = () => clock.until(source.current());
  const inUse = async () => ((await current()) as { credential: Credential }).credential;
  const renew = (refused: Credential, httpStatus: 401 | 403 = 401) =>
    clock.until(source.renew(refused, httpStatus));
  return { clock, told, stub, asked, source, current, inUse, renew };
}

describe('createCredentialSource: a refresh token', () => {
  it('is used by an access token, fetched within what the secret has left of the time', async () => {
    const { inUse, asked } = setUp();

    expect(await inUse()).toEqual({ authorization: 'Bearer r1', appToken: undefined });
    expect(asked).toEqual([{ as: 'r', timeoutMs: 4_000 }]);
  });

  it('is asked for one access token, however many calls wait', async () => {
    const { source, clock, asked } = setUp();

    await clock.until(Promise.all(Array.from({ length: 10 }, () => source.current())));

    expect(asked).toHaveLength(1);
  });

  it('gives the same credential while the access token is fresh, though the secret is re-read', async () => {
    const { inUse, clock, asked } = setUp();
    const first = await inUse();
    await clock.advance(300_000);

    expect(await inUse()).toBe(first);
    expect(asked).toHaveLength(1);
  });

  it('gives another one ahead of the end of thirty seconds', async () => {
    const { inUse, source, clock } = setUp({ livesMs: 30_000 });
    await inUse();
    await clock.advance(20_000);

    expect(source.atHand()).toBeUndefined();
    expect(await inUse()).toMatchObject({ authorization: 'Bearer r2' });
  });

  it.each([401, 403] as const)('gives another one at a %i, once for all calls', async (code) => {
    const { inUse, source, clock, asked, told } = setUp();
    const refused = await inUse();

    const renewals = Array.from({ length: 10 }, () => source.renew(refused, code));

    expect(await clock.until(Promise.all(renewals))).toEqual(Array(10).fill(true));
    expect(await inUse()).toMatchObject({ authorization: 'Bearer r2' });
    expect(asked).toHaveLength(2);
    expect(told.refused).toBe(0);
  });

  it('that sign-in put in place of a revoked one is found at the 401', async () => {
    const { inUse, renew, stub } = setUp();
    const refused = await inUse();
    stub.secret = secretOf('new');

    expect(await renew(refused)).toBe(true);
    expect(await inUse()).toMatchObject({ authorization: 'Bearer new2' });
  });

  it('serves to its access token’s end while the login service is down', async () => {
    const { current, inUse, clock, stub, told } = setUp({ livesMs: 45_000 });
    const first = await inUse();
    stub.fails = down;
    await clock.advance(30_000);

    expect(await inUse()).toBe(first);
    await clock.advance(15_000);

    expect(await current()).toEqual({ kind: 'credential-unavailable', reason: down.message });
    expect(told.unavailable[0]).toBe(down.message);
    stub.fails = undefined;
    await clock.advance(10_000);
    expect(await inUse()).toMatchObject({ authorization: expect.stringMatching('^Bearer r') });
  });

  it('that is revoked is told as refused, once each time the login service is asked', async () => {
    const { current, clock, stub, asked, told } = setUp();
    stub.fails = revoked;

    for (let n = 0; n < 3; n += 1) {
      expect(await current()).toEqual({ kind: 'credential-unavailable', reason: revoked.message });
    }
    expect(asked).toHaveLength(1);
    expect(told).toEqual({ unavailable: [], refused: 0, loginRefused: [revoked.message] });
    await clock.advance(10_000);
    stub.fails = new LoginError(revoked.message, { isRefusal: true });
    await current();

    expect(told.loginRefused).toHaveLength(2);
  });

  it('takes a refused access token out of use where there is no other', async () => {
    const { current, inUse, renew, stub, told } = setUp();
    const refused = await inUse();
    stub.fails = down;

    expect(await renew(refused)).toBe(false);
    expect(await current()).toEqual({ kind: 'credential-refused' });
    expect(told.refused).toBe(1);
  });

  it('says that it needs the login service of SuperOffice Online', async () => {
    const { current } = setUp({ loginService: false });

    expect(await current()).toEqual({
      kind: 'credential-unavailable',
      reason: expect.stringMatching(
        /^UnusableSecretError: .* expected a deployment with customerId/,
      ),
    });
  });
});

describe('createCredentialSource: another credential that is on its way', () => {
  it('is looked for three seconds after the refusal', async () => {
    const secret = '{"ticket":"a"}';
    const { current, inUse, renew, clock, stub } = setUp({ secret, another: 'on-its-way' });
    await renew(await inUse());
    stub.secret = '{"ticket":"b"}';

    await clock.advance(2_999);
    expect(await current()).toEqual({ kind: 'credential-refused' });
    await clock.advance(1);

    expect(await inUse()).toMatchObject({ authorization: 'SOTicket b' });
  });
});
