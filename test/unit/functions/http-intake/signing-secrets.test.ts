import { describe, expect, it } from '@jest/globals';
import {
  createSigningSecrets,
  parseSigningSecrets,
} from '../../../../functions/http-intake/signing-secrets.ts';

const [one, other] = ['the first secret of all', 'the second secret of all'];
const text = (secret: unknown) => JSON.stringify(secret);

describe('parseSigningSecrets', () => {
  it.each([
    [text({ signingSecret: one }), [one]],
    [text({ signingSecret: one, previousSigningSecret: other }), [one, other]],
    [text({ signingSecret: one, previousSigningSecret: '' }), [one]],
    [`\ufeff${text({ signingSecret: one, note: 'x' })}`, [one]],
  ])('reads %s', (secretString, secrets) => {
    expect(parseSigningSecrets(secretString)).toEqual(secrets);
  });

  it.each([
    ['', 'is no JSON object'],
    ['{', 'is no JSON object'],
    ['null', 'is no JSON object'],
    [text(one), 'is no JSON object'],
    [text({}), '"signingSecret": expected a string, it is missing'],
    [text({ signingSecret: '' }), '"signingSecret": expected at least 16 characters'],
    [text({ signingSecret: 'x'.repeat(15) }), '"signingSecret"'],
    [text({ signingSecret: [one] }), '"signingSecret"'],
    [
      text({ signingSecret: 'REPLACE-ME' }),
      'still is the placeholder. Fill it: aws secretsmanager',
    ],
    [text({ signingSecret: one, previousSigningSecret: 'REPLACE-ME' }), '"previousSigningSecret"'],
    [text({ signingSecret: one, previousSigningSecret: null }), '"previousSigningSecret"'],
  ])('refuses %s, and quotes nothing', (secretString, why) => {
    expect(() => parseSigningSecrets(secretString)).toThrow(why);
    expect(() => parseSigningSecrets(secretString)).not.toThrow(/xxx|first secret/);
  });
});

/** The secrets over a Secrets Manager that holds what `holds` says, and how often it was read. */
function sandbox(initial: string | Error) {
  const stub = { now: 0, holds: initial, reads: 0, reasons: [] as string[] };
  const secrets = createSigningSecrets({
    async readSecret() {
      stub.reads += 1;
      if (stub.holds instanceof Error) throw stub.holds;
      return stub.holds;
    },
    onUnusable: (reason) => stub.reasons.push(reason),
    clock: { now: () => stub.now },
  });
  return { stub, check: (by: string) => secrets.check((all) => all.includes(by)), secrets };
}
const named = (name: string) => Object.assign(new Error('an ARN'), { name });

describe('createSigningSecrets', () => {
  it('reads once for all requests that are signed, and again after five minutes', async () => {
    const { stub, check, secrets } = sandbox(text({ signingSecret: one }));
    await secrets.prepare();

    expect(await Promise.all([check(one), check(one)])).toEqual(['signed', 'signed']);
    expect(stub.reads).toBe(1);
    stub.now = 300_000;
    await check(one);
    expect(stub.reads).toBe(2);
  });

  it('knows a secret that was just changed, and reads for it at most once in ten seconds', async () => {
    const { stub, check, secrets } = sandbox(text({ signingSecret: one }));
    await secrets.prepare();
    stub.holds = text({ signingSecret: other, previousSigningSecret: one });

    expect(await Promise.all([check(other), check(other)])).toEqual(['signed', 'signed']);
    expect(stub.reads).toBe(2);
    expect(await check('a forgery')).toBe('refused');
    stub.now = 9_999;
    expect(await check('a forgery')).toBe('refused');
    expect(stub.reads).toBe(2);
    stub.now = 10_000;
    expect(await check('a forgery')).toBe('refused');
    expect(stub.reads).toBe(3);
    expect(await check(one)).toBe('signed');
  });

  it.each([
    [
      'missing',
      named('ResourceNotFoundException'),
      /^ResourceNotFoundException: the signing secret/,
    ],
    ['the placeholder', text({ signingSecret: 'REPLACE-ME' }), /placeholder/],
    ['malformed', 'text', /no JSON object/],
  ])('is unusable where the secret is %s, until it is mended', async (_, holds, reason) => {
    const { stub, check } = sandbox(holds);

    expect([await check(one), await check(one)]).toEqual(['unusable', 'unusable']);
    expect(stub.reads).toBe(1);
    expect(stub.reasons).toEqual([expect.stringMatching(reason)]);
    expect(stub.reasons.join()).not.toContain('an ARN');
    stub.holds = text({ signingSecret: one });
    stub.now = 999;
    expect(await check(one)).toBe('unusable');
    stub.now = 1_000;
    expect(await check(one)).toBe('signed');
  });

  it('reads for the first request what could not be read ahead of it', async () => {
    const { stub, check, secrets } = sandbox(named('ThrottlingException'));
    await secrets.prepare();
    stub.holds = text({ signingSecret: one });

    expect(await check(one)).toBe('signed');
  });

  it('goes on with what it read before while the secret cannot be read', async () => {
    const { stub, check, secrets } = sandbox(text({ signingSecret: one }));
    await secrets.prepare();
    stub.holds = named('ThrottlingException');
    stub.now = 300_000;

    expect([await check(one), await check(one)]).toEqual(['signed', 'signed']);
    expect(stub.reads).toBe(2);
    expect(await check('a forgery')).toBe('refused');
  });

  it.each([
    ['taken away', named('ResourceNotFoundException')],
    ['emptied', ''],
  ])('stops where the secret was %s', async (_, holds) => {
    const { stub, check, secrets } = sandbox(text({ signingSecret: one }));
    await secrets.prepare();
    stub.holds = holds;
    stub.now = 300_000;

    expect(await check(one)).toBe('unusable');
  });
});
