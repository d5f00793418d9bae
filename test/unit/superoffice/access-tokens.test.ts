import { describe, expect, it } from '@jest/globals';
import { createAccessTokens } from '../../../superoffice/access-tokens.ts';
import { LoginError } from '../../../superoffice/login-refusals.ts';
import type { Tokens } from '../../../superoffice/tokens.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const secret = { refreshToken: 'r', clientId: 'c', clientSecret: 's' };
const anHour = 3_600_000;

/** A login service that gives access tokens 1, 2, 3, …, unless the list says otherwise. */
function setUp(...answers: (Partial<Tokens> | LoginError | undefined)[]) {
  const clock = createVirtualClock();
  const told = { asked: [] as string[], otherRefreshTokens: 0 };
  const tokens = createAccessTokens({
    async requestTokens({ refreshToken }) {
      told.asked.push(refreshToken);
      const answer = answers.shift();
      if (answer instanceof LoginError) throw answer;
      const accessToken = String(told.asked.length);
      const others = { refreshToken: undefined, idToken: undefined };
      return { accessToken, livesMs: anHour, ...others, ...answer };
    },
    onOtherRefreshToken: () => {
      told.otherRefreshTokens += 1;
    },
    clock,
  });
  const of = async (refreshToken = secret) => {
    const { credential } = await tokens.of(refreshToken, 5_000);
    return credential.authorization;
  };
  return { tokens, told, clock, of };
}

describe('createAccessTokens', () => {
  it.each([
    ['five minutes ahead of the end of an hour', anHour, 55 * 60_000],
    ['a third ahead of the end of half a minute', 30_000, 20_000],
  ])('renews %s', async (_, livesMs, freshMs) => {
    const { of, clock } = setUp({ livesMs });

    expect(await of()).toBe('Bearer 1');
    await clock.advance(freshMs - 1);
    expect(await of()).toBe('Bearer 1');
    await clock.advance(1);

    expect(await of()).toBe('Bearer 2');
  });

  it('says how long an access token lives', async () => {
    const { tokens } = setUp({ livesMs: 20_000 });

    const { alive } = await tokens.of(secret, 5_000);

    expect(alive.leftMs()).toBe(20_000);
  });

  it('fetches another one for a refused one', async () => {
    const { tokens, of } = setUp();
    const authorization = await of();

    tokens.refuse({ authorization, appToken: undefined });

    expect(await of()).toBe('Bearer 2');
  });

  it('keeps the one it has when an earlier one is refused', async () => {
    const { tokens, of } = setUp();
    await of();

    tokens.refuse({ authorization: 'Bearer 0', appToken: undefined });

    expect(await of()).toBe('Bearer 1');
  });

  it.each(['refreshToken', 'clientId', 'clientSecret'] as const)(
    'asks at once for another %s',
    async (field) => {
      const { of } = setUp();
      await of();

      expect(await of({ ...secret, [field]: 'another' })).toBe('Bearer 2');
    },
  );

  it('lets ten seconds pass after a failure before it asks again', async () => {
    const { of, clock, told } = setUp(new LoginError('The login service is down.'));

    await expect(of()).rejects.toThrow('is down');
    await clock.advance(9_999);
    await expect(of()).rejects.toThrow('is down');
    expect(told.asked).toHaveLength(1);
    await clock.advance(1);

    expect(await of()).toBe('Bearer 2');
  });

  it('asks at once after a failure where the secret holds another refresh token', async () => {
    const { of, told } = setUp(new LoginError('The login service refused the refresh token.'));
    await expect(of()).rejects.toThrow(LoginError);

    expect(await of({ ...secret, refreshToken: 'new' })).toBe('Bearer 2');
    expect(told.asked).toEqual(['r', 'new']);
  });

  it.each([
    [0, undefined],
    [0, 'r'],
    [1, 'another'],
  ])('tells %i times of the refresh token %s, and goes on with its own', async (times, given) => {
    const { of, tokens, told } = setUp({ refreshToken: given });
    const authorization = await of();
    tokens.refuse({ authorization, appToken: undefined });

    await of();

    expect(told).toEqual({ asked: ['r', 'r'], otherRefreshTokens: times });
  });
});
