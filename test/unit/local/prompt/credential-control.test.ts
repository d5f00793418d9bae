import { afterAll, describe, expect, it } from '@jest/globals';
import {
  type CredentialKind,
  credentialKinds,
} from '../../../../local/command-line/credential-kind.ts';
import { expireTicket, renewTicket } from '../../../../local/prompt/credential-control.ts';
import { giveCredential } from '../../../../local/stack/stand-in-credential.ts';
import { startSuperOffice } from '../../../../stand-ins/superoffice/server.ts';

const superOffice = await startSuperOffice();
afterAll(() => superOffice.close());
const minuteMs = 60_000;

/** The credential of a run, and the values its secret has had. */
async function givenA(credentialKind: CredentialKind) {
  const { ticketSecret, loginService } = await giveCredential(credentialKind, superOffice);
  await loginService?.close();
  const versions: { value: string; createdAt: number }[] = [];
  const secretsManager = {
    read: () => versions.at(-1)?.value ?? '',
    put: (_: string, value: string, createdAt = Date.now()) => {
      versions.push({ value, createdAt });
    },
  };
  secretsManager.put('', ticketSecret);
  return {
    place: { superOffice, deployment: { secretsManager, ticketSecretArn: 'arn' }, credentialKind },
    versions,
    ticket: () => JSON.parse(secretsManager.read()).ticket,
  };
}

describe('expireTicket', () => {
  it('ends a ticket, for which events wait', async () => {
    const { place, versions, ticket } = await givenA('ticket');

    const says = expireTicket(place);

    expect(superOffice.tenant.use('soticket', ticket())).toBeUndefined();
    expect(versions).toHaveLength(1);
    expect(says).toBe('The ticket is dead. Events wait for another one, up to their deadline.');
  });

  it("ends a system user's ticket, however young, so that another one is made", async () => {
    const { place, versions, ticket } = await givenA('system-user');

    const says = expireTicket(place);

    expect(superOffice.tenant.use('soticket', ticket())).toBeUndefined();
    expect(versions.at(-1)?.createdAt).toBeLessThan(Date.now() - 10 * minuteMs);
    expect(says).toContain('has another one made by the system user');
  });

  it('ends the access token of a refresh token, by which the function gets another one', async () => {
    const { place, versions } = await givenA('refresh-token');
    const accessToken = superOffice.tenant.issueBearer('router');

    const says = expireTicket(place);

    expect(superOffice.tenant.use('bearer', accessToken)).toBeUndefined();
    expect(versions).toHaveLength(1);
    expect(says).toContain('gets another one by the refresh token');
  });

  it('ends no bearer token, in whose place nothing could put another one', async () => {
    const { place, versions } = await givenA('bearer-token');

    const says = expireTicket(place);

    const { bearerToken } = JSON.parse(versions.at(-1)?.value ?? '');
    expect(superOffice.tenant.use('bearer', bearerToken)).toBeDefined();
    expect(says).toBe(
      'expire-ticket is for tickets; here the function has a bearer token. Nothing was changed.',
    );
  });

  it('says that a password has nothing that could end', async () => {
    const { place } = await givenA('password');

    expect(expireTicket(place)).toContain('here the function has a password.');
  });
});

describe('renewTicket', () => {
  it.each(['ticket', 'system-user'] as const)('puts another ticket for a %s', async (kind) => {
    const { place, ticket } = await givenA(kind);
    const before = ticket();

    expect(renewTicket(place)).toBe('A new ticket is in the secret.');

    expect(ticket()).not.toBe(before);
    expect(superOffice.tenant.use('soticket', ticket())).toBeDefined();
  });

  it.each(credentialKinds.filter((kind) => !['ticket', 'system-user'].includes(kind)))(
    'leaves a %s where it is, and says so',
    async (kind) => {
      const { place, versions } = await givenA(kind);

      expect(renewTicket(place)).toContain(`here the function has a ${kind.replace('-', ' ')}.`);

      expect(versions).toHaveLength(1);
    },
  );
});
