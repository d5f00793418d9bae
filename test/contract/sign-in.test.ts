import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readRedirect } from '../../cli/sign-in/authorization.ts';
import { parseSignInOptions } from '../../cli/sign-in/options.ts';
import { signIn } from '../../cli/sign-in/sign-in.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { listen } from '../../stand-ins/http-server.ts';
import {
  type LoginServiceStandIn,
  startLoginService,
} from '../../stand-ins/login-service/server.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { systemClock } from '../../superoffice/clock.ts';
import type { RefreshToken } from '../../superoffice/credential.ts';
import { parseCredential } from '../../superoffice/credential.ts';

const clientId = 'client-id-of-the-stand-in';
const client = ['--customer', 'Cust12345', '--client-id', clientId];
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  await new Promise((resolve) => server.close(resolve));
  return Number(port);
}

type Browser = (end: string, loginService: LoginServiceStandIn) => Promise<string | undefined>;
/** Follows the redirect to who listens there. */
const follows: Browser = async (end) => void (await fetch(end));
/** Cannot reach it: its address is pasted. */
const pasted: Browser = async (end) => end;

/** One sign-in: router signs in and consents, and whoever runs it says yes, unless told otherwise. */
async function setUp(
  given: {
    browser?: Browser;
    answers?: string[];
    signsIn?: string | undefined;
    customer?: string;
    options?: string[];
  } = {},
) {
  const { browser = follows, answers = [appToken, 'yes'], options: more = [] } = given;
  const signsIn = 'signsIn' in given ? given.signsIn : 'router';
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
  const tenant = createTenant({ now: Date.now });
  const loginService = await startLoginService({
    tenant,
    redirectUri,
    ...(signsIn !== undefined && { signsIn }),
  });
  running.push(loginService);
  const said: string[] = [];
  const written: RefreshToken[] = [];
  const paste = Promise.withResolvers<string>();
  const terminal = {
    say(line: string) {
      said.push(line);
      const [url] = /http:\S+authorize\S+/.exec(line) ?? [];
      if (url) void browse(url);
    },
    async ask(question: string, { signal }: { signal?: AbortSignal } = {}) {
      said.push(question);
      if (!question.includes('paste')) return answers.shift() ?? '';
      return await Promise.race([
        paste.promise,
        new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
      ]);
    },
    close() {},
  };
  async function browse(url: string) {
    const response = await fetch(url, { redirect: 'manual' });
    const address = await browser(response.headers.get('location') ?? '', loginService);
    if (address !== undefined) paste.resolve(address);
  }
  const argv = [...client, '--redirect-uri', redirectUri, '--stack', 'RouteChat-dev', ...more];
  const options = {
    ...parseSignInOptions(argv),
    ...(given.customer && { customer: given.customer }),
  };
  const run = () =>
    signIn(options, {
      loginService: { loginUrl: loginService.loginUrl, clock: systemClock },
      terminal,
      async write(secret) {
        written.push(secret);
        return 'Written.';
      },
    });
  return { run, said, written, loginService, tenant, redirectUri };
}

describe('signIn', () => {
  it.each([
    ['the browser comes back by itself', follows],
    ['its address is pasted', pasted],
    ['no more than its query is pasted', async (end: string) => new URL(end).search],
  ])('keeps a refresh token that can be used, where %s', async (_, browser) => {
    const { run, said, written, loginService } = await setUp({ browser });

    expect(await run()).toBe(true);
    expect(written).toEqual([
      { refreshToken: expect.any(String), clientId, clientSecret: appToken },
    ]);
    expect(() => parseCredential(JSON.stringify(written[0]))).not.toThrow();
    const form = {
      grant_type: 'refresh_token',
      refresh_token: String(written[0]?.refreshToken),
      client_id: clientId,
      client_secret: appToken,
    };
    const path = `${loginService.loginUrl}/login/common/oauth/tokens`;
    const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(form) });
    expect(answer.status).toBe(200);
    // The name of who consented is for whoever runs this.
    expect(leaksIn(said.join('\n'))).toEqual(['@stand-in.example']);
  });

  it('says whose consent it got, and where that goes, before it asks', async () => {
    const { run, said } = await setUp();

    await run();

    expect(said.slice(-3)).toEqual([
      'Consent of router@stand-in.example, associate 7 of Cust12345.',
      'Write it into the credential secret of RouteChat-dev, in the place of what is there? (yes) ',
      'Written.',
    ]);
  });

  it.each(['no', '', 'yess'])('writes nothing where the answer is %j', async (answer) => {
    const { run, said, written } = await setUp({ answers: [appToken, answer] });

    expect(await run()).toBe(false);
    expect(written).toEqual([]);
    expect(said.at(-1)).toBe('Nothing was written.');
  });

  it.each<[string, Parameters<typeof setUp>[0], RegExp]>([
    ['another tenant', { customer: 'Cust6789' }, /a sign-in to Cust6789; found one to Cust12345/],
    ['no consent', { signsIn: undefined }, /gave no code \(access_denied\)/],
    ['a wrong client secret', { answers: ['wrong', 'yes'] }, /the client id or the client secret/],
    ['no client secret', { answers: ['', 'yes'] }, /Client secret: expected one; found nothing/],
    [
      'a code that is used a second time',
      {
        async browser(end, { loginUrl }) {
          const code = new URL(end).searchParams.get('code') ?? '';
          const form = { grant_type: 'authorization_code', code, client_id: clientId };
          const body = new URLSearchParams({ ...form, client_secret: appToken });
          await fetch(`${loginUrl}/login/common/oauth/tokens`, { method: 'POST', body });
          return end;
        },
      },
      /the code is not valid: .*used before.*\(invalid_grant\)/,
    ],
  ])('writes nothing for %s, and says so', async (_, given, says) => {
    const { run, written } = await setUp(given);

    await expect(run()).rejects.toThrow(says);
    expect(written).toEqual([]);
  });

  it('takes nothing that comes with another state', async () => {
    const { run, written, redirectUri } = await setUp({
      async browser(end) {
        const forged = await fetch(`${redirectUri}?state=forged&code=fake-code-000009`);
        expect(forged.status).toBe(400);
        return end;
      },
    });

    expect(await run()).toBe(true);
    expect(written).toHaveLength(1);
  });

  it('goes on by pasting where the port is in use', async () => {
    const { run, said, redirectUri } = await setUp({ browser: pasted });
    const inUse = createServer();
    await listen(inUse, { port: Number(new URL(redirectUri).port) });

    try {
      expect(await run()).toBe(true);
    } finally {
      await new Promise((resolve) => inUse.close(resolve));
    }
    expect(said).toContain(`Nobody can listen at ${redirectUri}: the port may be in use.`);
  });
});

describe('readRedirect', () => {
  it.each([
    ['http://127.0.0.1:7890/callback?state=s&code=c', { kind: 'code', code: 'c' }],
    [' ?code=c&state=s\n', { kind: 'code', code: 'c' }],
    ['state=s&code=c#', { kind: 'code', code: 'c' }],
    ['/callback?state=s&error=access_denied', { kind: 'refused', error: 'access_denied' }],
    ['/callback?state=s&error=<b>', { kind: 'refused', error: 'without a word why' }],
    ['/callback?state=t&code=c', { kind: 'other' }],
    ['/callback?code=c', { kind: 'other' }],
    ['', { kind: 'other' }],
  ])('reads %j', (address, redirect) => {
    expect(readRedirect(address, 's')).toEqual(redirect);
  });
});

describe('parseSignInOptions', () => {
  it('reads what there is to know', () => {
    expect(parseSignInOptions([...client, '--env-out', 'so.env', '--environment', 'sod'])).toEqual({
      customer: 'Cust12345',
      clientId,
      environment: 'sod',
      redirectUri: 'http://127.0.0.1:7890/callback',
      target: { kind: 'file', path: 'so.env' },
    });
  });

  it.each([
    [[], '--customer: expected a tenant, such as Cust12345; found nothing.'],
    [['--customer', '12345'], '--customer: expected a tenant, such as Cust12345; found 12345.'],
    [['--customer', 'Cust1'], '--client-id: expected letters and digits; found nothing.'],
    [client, '--stack: expected --stack or --env-out; found neither.'],
    [[...client, '--stack', 'a', '--env-out', 'b'], '--stack: expected either'],
    [[...client, '--environment', 'prod'], '--environment: expected sod, stage or online'],
    [[...client, '--redirect-uri', 'http://localhost:7890/'], '--redirect-uri: expected'],
    [[...client, '--redirect-uri', 'http://127.0.0.1:0/'], '--redirect-uri: expected'],
    [[...client, '--redirect-uri', 'http://10.0.0.1:7890/'], '--redirect-uri: expected'],
  ])('refuses %j', (argv, says) => {
    expect(() => parseSignInOptions(argv)).toThrow(says);
  });
});
