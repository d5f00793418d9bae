import { afterEach, describe, expect, it } from '@jest/globals';
import { createReport } from '../../../runtime/report.ts';
import { superOfficeOfEnvironment } from '../../../runtime/superoffice.ts';
import { systemClock } from '../../../superoffice/clock.ts';
import { router } from '../../support/associates.ts';
import { associateCarrier } from '../../support/chat-session.ts';
import { type LoopbackServer, startServer } from '../../support/loopback-server.ts';

const before = { ...process.env };
let server: LoopbackServer | undefined;

afterEach(() => {
  process.env = { ...before };
  server?.close();
});

/** Secrets Manager, the tenant state service and SuperOffice in one, and what each was asked. */
async function startAll() {
  const asked: string[] = [];
  server = await startServer((request, response) => {
    const { url = '', headers } = request;
    asked.push([url, headers['so-apptoken'] ?? ''].join(' ').trim());
    if (url === '/') {
      response.end(JSON.stringify({ SecretString: '{"ticket":"a","appToken":"app"}' }));
    } else if (url === '/state') {
      const Api = new URL('/asked/api', `http://${headers.host}`).href;
      response.end(JSON.stringify({ IsRunning: true, Api }));
    } else {
      const { Name, ...carrier } = associateCarrier(router);
      response.end(JSON.stringify({ ...carrier, Associate: Name }));
    }
  });
  Object.assign(process.env, {
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url().origin,
    TICKET_SECRET_ARN: 'ticket',
  });
  return { asked, url: (path: string) => `${server?.url(path)}` };
}

function createClient(onCall: () => void = () => {}) {
  const report = createReport({ service: 's', namespace: 'n', now: systemClock.now });
  return superOfficeOfEnvironment({ report, callSpacingMs: 0, longestPauseMs: 0, onCall });
}

const inAMinute = () => ({ latestStart: systemClock.now() + 60_000 });

describe('superOfficeOfEnvironment', () => {
  it('calls with the credential of the secret, at the address that is given', async () => {
    const { asked, url } = await startAll();
    process.env.WEB_API_URL = url('/given/api');

    expect(await createClient().whoAmI(inAMinute())).toMatchObject({ kind: 'ok', value: router });
    expect(asked).toEqual(['/', '/given/api/v1/User/currentPrincipal app']);
  });

  it('calls at the address that the tenant state service gives', async () => {
    const { asked, url } = await startAll();
    process.env.TENANT_STATE_URL = url('/state');

    expect(await createClient().whoAmI(inAMinute())).toMatchObject({ kind: 'ok', value: router });
    expect(new Set(asked.slice(0, 2))).toEqual(new Set(['/', '/state']));
    expect(asked.slice(2)).toEqual(['/asked/api/v1/User/currentPrincipal app']);
  });

  it('tells of every call, and of none to AWS or to the tenant state service', async () => {
    const { url } = await startAll();
    process.env.TENANT_STATE_URL = url('/state');
    let calls = 0;

    const client = createClient(() => calls++);
    await client.prepare();
    expect(calls).toBe(0);
    await client.whoAmI(inAMinute());

    expect(calls).toBe(1);
  });

  it.each([
    [
      'TICKET_SECRET_ARN',
      { WEB_API_URL: 'https://so.example/api' },
      'Environment variable TICKET_SECRET_ARN: expected a value, found none.',
    ],
    [
      'either address',
      { TICKET_SECRET_ARN: 'ticket' },
      'Environment: expected WEB_API_URL or TENANT_STATE_URL, found neither.',
    ],
  ])('says what is missing: %s', (_, environment, message) => {
    Object.assign(process.env, environment);

    expect(() => createClient()).toThrow(message);
  });
});
