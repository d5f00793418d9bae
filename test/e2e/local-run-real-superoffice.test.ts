import { afterAll, describe, expect, it } from '@jest/globals';
import { passwordOf } from '../../stand-ins/superoffice/authorize.ts';
import { startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import { resultsIn, startLocalRun } from '../support/local-run.ts';

const limitMs = 30_000;
/** To the local run it is a SuperOffice of which it knows an address and a credential. */
const superOffice = await startSuperOffice({ mode: 'onsite' });
afterAll(() => superOffice.close());

describe('npm start, with a real SuperOffice', () => {
  it.each([
    ['ticket', { SO_TICKET: superOffice.tenant.issueTicket('router') }],
    ['bearer token', { SO_BEARER_TOKEN: superOffice.tenant.issueBearer('router') }],
    ['user name and password', { SO_USERNAME: 'router', SO_PASSWORD: passwordOf('router') }],
  ])(
    'moves its chats by a %s',
    async (_, credential) => {
      const chatSessionId = superOffice.tenant.addSession();
      const event = JSON.stringify({ chatSessionId, toAssociate: 'ann' });
      const real = { WEB_API_URL: superOffice.webApiUrl, ...credential };

      const options = ['--events', '-', '--expect', 'transfer-pending'];
      const { exitCode, stdout, stderr } = await startLocalRun(options, event, real).ended;

      expect(superOffice.tenant.peek(chatSessionId)?.pending).toBe(8);
      expect(stderr).toContain(`A REAL SuperOffice: ${superOffice.webApiUrl}.`);
      for (const secret of Object.values(credential).filter((value) => value !== 'router')) {
        expect(stdout + stderr).not.toContain(secret);
      }
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'says once of an event that it is tried again, where it cannot be reached',
    async () => {
      const event = '{"chatSessionId":646,"toAssociate":"ann","expiresInSeconds":5}';
      const real = { WEB_API_URL: 'https://127.0.0.1:1/api', SO_TICKET: 'fake-ticket' };

      const run = startLocalRun(['--events', '-'], event, real);
      const { stdout, stderr } = await run.ended;

      const notices = stderr.match(/^chat 646: .*$/gm);
      expect(notices).toEqual([
        expect.stringMatching(
          /^chat 646: attempt 1 ended with network, tried again until \d\d:\d\d:\d\d$/,
        ),
      ]);
      expect(resultsIn(stdout)).toHaveLength(1);
    },
    limitMs,
  );

  it('refuses a wrong address by its variable, before it builds', async () => {
    const real = { WEB_API_URL: 'example.com', SO_TICKET: 'fake-ticket' };

    const { exitCode, stderr } = await startLocalRun([], '', real).ended;

    expect(stderr).toMatch(/^WEB_API_URL: expected an https address/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(2);
  });

  it('refuses a key that is none by its variable, before it builds', async () => {
    const real = {
      CUSTOMER_ID: 'Cust12345',
      SO_SYSTEM_USER_TOKEN: 'fake-token',
      SO_PRIVATE_KEY: 'x',
      SO_APP_TOKEN: 'fake-app-token',
    };

    const { exitCode, stderr } = await startLocalRun([], '', real).ended;

    expect(stderr).toMatch(/^SO_PRIVATE_KEY: expected PEM/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(2);
  });
});
