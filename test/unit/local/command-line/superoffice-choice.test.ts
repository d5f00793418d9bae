import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../../../cli/command-line/input-error.ts';
import {
  checkSystemUser,
  checkTenant,
  chooseSuperOffice,
} from '../../../../local/command-line/superoffice-choice.ts';
import { parseCredential } from '../../../../superoffice/credential.ts';

const refreshToken = { SO_REFRESH_TOKEN: 'r', SO_CLIENT_ID: 'c', SO_CLIENT_SECRET: 's' };
const address = { WEB_API_URL: 'https://example.com/api' };

describe('chooseSuperOffice', () => {
  it.each([
    [
      { SO_TICKET: 't', SO_APP_TOKEN: 'a' },
      { ticket: 't', appToken: 'a' },
    ],
    [{ SO_TICKET: 't', SO_APP_TOKEN: '', SO_BEARER_TOKEN: '' }, { ticket: 't' }],
    [{ SO_BEARER_TOKEN: 'b' }, { bearerToken: 'b' }],
    [
      { SO_USERNAME: 'jte', SO_PASSWORD: 'p' },
      { username: 'jte', password: 'p' },
    ],
  ])('makes a secret the function can use of %j', (variables, secret) => {
    const choice = chooseSuperOffice({ ...address, ...variables });

    const tenant = { webApiUrl: address.WEB_API_URL };
    expect(choice).toEqual({ kind: 'real', tenant, secret });
    expect(() => parseCredential(JSON.stringify(secret))).not.toThrow();
  });

  it.each([
    [{ CUSTOMER_ID: 'Cust12345' }, { customerId: 'Cust12345' }],
    [
      { CUSTOMER_ID: 'Cust12345', CUSTOMER_ENVIRONMENT: 'sod' },
      { customerId: 'Cust12345', environment: 'sod' },
    ],
  ])('takes %j for the tenant', (variables, tenant) => {
    expect(chooseSuperOffice({ SO_TICKET: 't', ...variables })).toMatchObject({ tenant });
  });

  it('makes a secret of a refresh token', () => {
    const choice = chooseSuperOffice({ CUSTOMER_ID: 'Cust1', ...refreshToken });

    const secret = { refreshToken: 'r', clientId: 'c', clientSecret: 's' };
    expect(choice).toEqual({ kind: 'real', tenant: { customerId: 'Cust1' }, secret });
    expect(() => parseCredential(JSON.stringify(secret))).not.toThrow();
  });

  it('makes two secrets of a system user: its key, and the placeholder of its ticket', () => {
    const choice = chooseSuperOffice({
      CUSTOMER_ID: 'Cust1',
      SO_SYSTEM_USER_TOKEN: 's',
      SO_PRIVATE_KEY: 'k',
      SO_APP_TOKEN: 'a',
    });

    expect(choice).toEqual({
      kind: 'real',
      tenant: { customerId: 'Cust1' },
      secret: { ticket: 'REPLACE-ME' },
      systemUserSecret: {
        systemUserToken: 's',
        privateKey: 'k',
        applicationToken: 'a',
        customerId: 'Cust1',
      },
    });
  });

  it('takes the stand-in where nothing is said', () => {
    expect(chooseSuperOffice({ WEB_API_URL: '', SO_APP_TOKEN: 'a' })).toEqual({
      kind: 'stand-in',
      credential: 'ticket',
    });
  });

  it.each([
    [
      { ...address, CUSTOMER_ID: 'Cust1', SO_TICKET: 't' },
      'WEB_API_URL: expected either WEB_API_URL or CUSTOMER_ID; found both.',
    ],
    [
      { ...address, CUSTOMER_ENVIRONMENT: 'sod', SO_TICKET: 't' },
      'WEB_API_URL: expected either WEB_API_URL or CUSTOMER_ENVIRONMENT; found both.',
    ],
    [
      { CUSTOMER_ENVIRONMENT: 'sod' },
      'CUSTOMER_ID: expected along with CUSTOMER_ENVIRONMENT; found CUSTOMER_ENVIRONMENT alone.',
    ],
    [
      { ...address, SO_TICKET: 't', SO_BEARER_TOKEN: 'b' },
      'SO_TICKET: expected either SO_TICKET or SO_BEARER_TOKEN; found both.',
    ],
    [
      { ...address, SO_BEARER_TOKEN: 'b', SO_USERNAME: 'jte', SO_PASSWORD: 'p' },
      'SO_BEARER_TOKEN: expected either SO_BEARER_TOKEN or SO_USERNAME; found both.',
    ],
    [
      { CUSTOMER_ID: 'Cust1', SO_REFRESH_TOKEN: 'r', SO_CLIENT_ID: 'c' },
      'SO_CLIENT_SECRET: expected along with SO_REFRESH_TOKEN; found SO_REFRESH_TOKEN alone.',
    ],
    [
      { CUSTOMER_ID: 'Cust1', SO_SYSTEM_USER_TOKEN: 's', SO_PRIVATE_KEY: 'k' },
      'SO_APP_TOKEN: expected along with SO_SYSTEM_USER_TOKEN; found SO_SYSTEM_USER_TOKEN alone.',
    ],
    [
      { ...address, ...refreshToken },
      'CUSTOMER_ID: expected along with SO_REFRESH_TOKEN, which the login service renews; found WEB_API_URL.',
    ],
    [
      { ...address, SO_USERNAME: 'jte' },
      'SO_PASSWORD: expected along with SO_USERNAME; found SO_USERNAME alone.',
    ],
    [
      { ...address, SO_PASSWORD: 'p' },
      'SO_USERNAME: expected along with SO_PASSWORD; found SO_PASSWORD alone.',
    ],
    [
      address,
      'SO_TICKET: expected SO_TICKET, SO_REFRESH_TOKEN, SO_SYSTEM_USER_TOKEN, SO_BEARER_TOKEN, or SO_USERNAME and SO_PASSWORD along with an address.',
    ],
    [
      { SO_BEARER_TOKEN: 'b' },
      'WEB_API_URL: expected WEB_API_URL or CUSTOMER_ID along with a credential.',
    ],
  ])('refuses %j in one line', (variables, says) => {
    expect(() => chooseSuperOffice(variables)).toThrow(expect.objectContaining({ message: says }));
  });
});

describe('checkTenant', () => {
  it.each(['https://example.com/Cust12345/api', 'http://localhost:8080/api/'])(
    'lets %s pass',
    async (address) => {
      await expect(checkTenant({ webApiUrl: address })).resolves.toBeUndefined();
    },
  );

  it.each(['example.com/api', 'http://example.com/api', 'https://example.com/'])(
    'refuses %s by the name of the variable',
    async (address) => {
      const says = new RegExp(`^WEB_API_URL: expected an https address .*; found "${address}"\\.$`);

      await expect(checkTenant({ webApiUrl: address })).rejects.toThrow(says);
    },
  );

  it('does not repeat credentials', async () => {
    const check = checkTenant({ webApiUrl: 'https://me:hunter2@example.com/api' });

    await expect(check).rejects.toThrow(/^WEB_API_URL: (?!.*hunter2)/);
  });

  it.each([[{ customerId: 'Cust12345' }], [{ customerId: 'Cust12345', environment: 'sod' }]])(
    'lets %j pass',
    async (tenant) => {
      await expect(checkTenant(tenant)).resolves.toBeUndefined();
    },
  );

  it.each([
    [{ customerId: '12345' }, 'CUSTOMER_ID: expected Cust and digits, such as Cust12345'],
    [
      { customerId: 'Cust12345', environment: 'prod' },
      'CUSTOMER_ENVIRONMENT: expected sod, stage or online',
    ],
  ])('refuses %j by the name of the variable', async (tenant, says) => {
    await expect(checkTenant(tenant)).rejects.toThrow(says);
  });
});

describe('checkSystemUser', () => {
  const secret = { systemUserToken: 's', applicationToken: 'a', customerId: 'Cust1' };

  it('lets key material pass that the function can use', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

    expect(() => checkSystemUser({ ...secret, privateKey: pem })).not.toThrow();
  });

  it('refuses a key that is none by the name of its variable, and quotes nothing', () => {
    const checking = () => checkSystemUser({ ...secret, privateKey: 'topsecret' });

    expect(checking).toThrow(InputError);
    expect(checking).toThrow(/^SO_PRIVATE_KEY: expected PEM (?!.*topsecret)/);
  });
});
