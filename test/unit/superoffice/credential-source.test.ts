import { describe, expect, it } from '@jest/globals';
import type { Credential } from '../../../superoffice/credential.ts';
import { createCredentialSource } from '../../../superoffice/credential-source.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const anHour = 3_600_000;
const ticket = (name: string) => JSON.stringify({ ticket: name });
const held = (name: string) => ({
  kind: 'credential',
  credential: { authorization: `SOTicket ${name}`, appToken: undefined },
});
const denied = Object.assign(new Error('arn:aws:iam::1:role/x may not read'), {
  name: 'AccessDeniedException',
});

/** The secret holds these one after the other, the last stays; what is no string fails the read. */
function setUp(...secrets: unknown[]) {
  const clock = createVirtualClock();
  const told = { reads: 0, unavailable: [] as string[], refused: 0 };
  const source = createCredentialSource({
    async readSecret() {
      told.reads += 1;
      await clock.sleep(50);
      const secret = secrets.length > 1 ? secrets.shift() : secrets[0];
      if (typeof secret !== 'string') throw secret;
      return secret;
    },
    timeoutMs: 5_000,
    onUnavailable: (reason) => told.unavailable.push(reason),
    onLoginRefused: () => {},
    async onRefused() {
      told.refused += 1;
      return undefined;
    },
    clock,
  });
  const current = () => clock.until(source.current());
  /** The credential in use, for SuperOffice to refuse. */
  const inUse = async () => ((await current()) as { credential: Credential }).credential;
  const renew = (refused: Credential, httpStatus: 401 | 403 = 401) =>
    clock.until(source.renew(refused, httpStatus));
  return { told, source, clock, current, inUse, renew };
}

describe('createCredentialSource: current', () => {
  it('reads the secret once for five minutes', async () => {
    const { current, clock, told } = setUp(ticket('a'), ticket('b'));

    expect(await current()).toEqual(held('a'));
    await clock.advance(299_999);
    expect(await current()).toEqual(held('a'));
    expect(told.reads).toBe(1);
    await clock.advance(1);

    expect(await current()).toEqual(held('b'));
  });

  it('keeps it no longer where the clock is set back an hour', async () => {
    const { current, clock } = setUp(ticket('a'), ticket('b'));
    await current();
    clock.adjust(-anHour);
    expect(await current()).toEqual(held('a'));

    await clock.advance(300_000);

    expect(await current()).toEqual(held('b'));
  });

  it('reads once, however many calls wait', async () => {
    const { source, clock, told } = setUp(ticket('a'));

    const states = Array.from({ length: 10 }, () => source.current());

    expect(await clock.until(Promise.all(states))).toEqual(Array(10).fill(held('a')));
    expect(told.reads).toBe(1);
  });

  it('is the same object as long as it is the same credential', async () => {
    const { inUse, clock, told } = setUp(ticket('a'), ticket('a'), ticket('b'));
    const first = await inUse();
    await clock.advance(300_000);

    expect(await inUse()).toBe(first);
    expect(told.reads).toBe(2);
    await clock.advance(300_000);

    expect(await inUse()).not.toBe(first);
  });

  it('is another one where only the app token is another', async () => {
    const withToken = (appToken: string) => JSON.stringify({ ticket: 'a', appToken });
    const { inUse, clock } = setUp(withToken('one'), withToken('two'));
    await inUse();
    await clock.advance(300_000);

    expect(await inUse()).toMatchObject({ appToken: 'two' });
  });

  it('never keeps a failed read', async () => {
    const { current } = setUp(denied, ticket('a'));

    expect(await current()).toMatchObject({ kind: 'credential-unavailable' });
    expect(await current()).toEqual(held('a'));
  });

  it.each<[string, unknown]>([
    ['cannot be read', denied],
    ['was spoilt', ''],
  ])(
    'keeps the credential it has while the secret %s, and asks again in ten seconds',
    async (_, secret) => {
      const { current, clock, told } = setUp(ticket('a'), secret, ticket('b'));
      await current();
      await clock.advance(300_000);

      expect(await current()).toEqual(held('a'));
      await clock.advance(9_999);
      expect(await current()).toEqual(held('a'));
      expect(told).toMatchObject({ reads: 2, unavailable: [expect.any(String)] });
      await clock.advance(1);

      expect(await current()).toEqual(held('b'));
    },
  );

  it('says once a read what is wrong', async () => {
    const { source, clock, told } = setUp(ticket('REPLACE-ME'));

    await clock.until(Promise.all([source.current(), source.current()]));

    expect(told.unavailable).toEqual([
      expect.stringMatching(/^UnusableSecretError: .*placeholder/),
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['AWS’s words', denied, /^AccessDeniedException: the secret could not be read; check/],
    ['what is no error', { message: 'arn:aws' }, /^unknown: the secret could not be read; check/],
    ['what is no JSON', '7T:topsecret', /^UnusableSecretError: .* no JSON object/],
    ['another field', '{"password":"topsecret"}', /^UnusableSecretError: .* lacks its fields/],
    ['a broken ticket', ticket('top\nsecret'), /^UnusableSecretError: .* line break/],
  ])('gives a reason that does not quote %s', async (_, secret, reason) => {
    const { current, told } = setUp(secret);

    const state = await current();

    expect(state).toEqual({
      kind: 'credential-unavailable',
      reason: expect.stringMatching(reason),
    });
    expect(told.unavailable).toEqual(['reason' in state && state.reason]);
    expect(JSON.stringify([state, told])).not.toMatch(/arn:aws|top/);
  });
});

describe('createCredentialSource: atHand', () => {
  it('is nothing before the first read, and reads nothing', () => {
    const { source, told } = setUp(ticket('a'));

    expect(source.atHand()).toBeUndefined();
    expect(told.reads).toBe(0);
  });

  it('is the credential while it is kept', async () => {
    const { source, current, clock } = setUp(ticket('a'));
    await current();

    await clock.advance(299_999);
    expect(source.atHand()).toEqual(held('a'));
    await clock.advance(1);

    expect(source.atHand()).toBeUndefined();
  });

  it('is the refusal for ten seconds', async () => {
    const { source, inUse, renew, clock } = setUp(ticket('a'));
    await renew(await inUse());

    await clock.advance(9_999);
    expect(source.atHand()).toEqual({ kind: 'credential-refused' });
    await clock.advance(1);

    expect(source.atHand()).toBeUndefined();
  });
});

describe('createCredentialSource: renew', () => {
  it('finds the credential that was put in place of the refused one', async () => {
    const { current, inUse, renew, told } = setUp(ticket('a'), ticket('b'));

    expect(await renew(await inUse())).toBe(true);
    expect(await current()).toEqual(held('b'));
    expect(told.refused).toBe(0);
  });

  it('needs no read for a credential that is no longer in use', async () => {
    const { inUse, renew, clock, told } = setUp(ticket('a'), ticket('b'));
    const old = await inUse();
    await clock.advance(300_000);
    await inUse();

    expect(await renew(old)).toBe(true);
    expect(told.reads).toBe(2);
  });

  it.each([
    [true, ticket('b'), 0],
    [false, ticket('a'), 1],
  ])(
    'reads and tells once, however many calls were refused: %s',
    async (isAnother, secret, refused) => {
      const { inUse, source, clock, told } = setUp(ticket('a'), secret);
      const credential = await inUse();

      const renewals = Array.from({ length: 10 }, () => source.renew(credential, 401));

      expect(await clock.until(Promise.all(renewals))).toEqual(Array(10).fill(isAnother));
      expect(told).toMatchObject({ reads: 2, refused });
    },
  );

  it('takes a refused credential out of use for ten seconds, then reads again and tries', async () => {
    const { current, inUse, renew, clock, told } = setUp(ticket('a'));
    await renew(await inUse());

    expect(await current()).toEqual({ kind: 'credential-refused' });
    await clock.advance(9_999);
    expect(await current()).toEqual({ kind: 'credential-refused' });
    expect(told.reads).toBe(2);
    await clock.advance(1);

    expect(await current()).toEqual(held('a'));
    expect(told.reads).toBe(3);
  });

  it('keeps it out of use no longer where the clock is set back an hour', async () => {
    const { current, inUse, renew, clock } = setUp(ticket('a'));
    await renew(await inUse());
    clock.adjust(-anHour);
    expect(await current()).toEqual({ kind: 'credential-refused' });

    await clock.advance(10_000);

    expect(await current()).toEqual(held('a'));
  });

  it('finds after ten seconds what has been put in place meanwhile', async () => {
    const { current, inUse, renew, clock } = setUp(ticket('a'), ticket('a'), ticket('b'));
    await renew(await inUse());
    await clock.advance(10_000);

    expect(await current()).toEqual(held('b'));
  });

  it('takes a credential out of use again, and tells again, without another read', async () => {
    const { current, inUse, renew, clock, told } = setUp(ticket('a'));
    await renew(await inUse());
    await clock.advance(10_000);

    expect(await renew(await inUse())).toBe(false);
    expect(await current()).toEqual({ kind: 'credential-refused' });
    expect(told).toMatchObject({ reads: 3, refused: 2 });
  });

  it('does not prolong a refusal by another 401', async () => {
    const { current, inUse, renew, clock, told } = setUp(ticket('a'));
    const credential = await inUse();
    await renew(credential);
    await clock.advance(6_000);

    expect(await renew(credential)).toBe(false);
    await clock.advance(4_000);

    expect(await current()).toEqual(held('a'));
    expect(told.refused).toBe(1);
  });

  it('does not take it out of use for a 403, which may be about the one session', async () => {
    const { current, inUse, renew, told } = setUp(ticket('a'));

    expect(await renew(await inUse(), 403)).toBe(false);
    expect(await current()).toEqual(held('a'));
    expect(told).toMatchObject({ reads: 2, refused: 0 });
  });

  it.each([0, -anHour])(
    'lets ten seconds pass between two reads for a refusal, the clock moved by %i ms',
    async (ms) => {
      const { inUse, renew, clock, told } = setUp(ticket('a'), ticket('a'), ticket('b'));
      const credential = await inUse();
      await renew(credential, 403);
      clock.adjust(ms);

      expect(await renew(credential, 403)).toBe(false);
      await clock.advance(9_900);
      expect(await renew(credential, 403)).toBe(false);
      expect(told.reads).toBe(2);
      await clock.advance(100);

      expect(await renew(credential, 403)).toBe(true);
      expect(told.reads).toBe(3);
    },
  );

  it('takes the credential out of use also where the secret cannot be re-read', async () => {
    const { current, inUse, renew, told } = setUp(ticket('a'), denied);

    expect(await renew(await inUse())).toBe(false);
    expect(await current()).toEqual({ kind: 'credential-refused' });
    expect(told).toMatchObject({ refused: 1, unavailable: [expect.any(String)] });
  });
});
