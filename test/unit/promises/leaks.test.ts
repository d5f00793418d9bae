import { describe, expect, it } from '@jest/globals';
import { leaks, leaksIn } from '../../../promises/leaks.ts';
import { appToken, passwordOf } from '../../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../../stand-ins/superoffice/chat-sessions.ts';
import { customer, errorText } from '../../../stand-ins/superoffice/personal-data.ts';
import { keptRecord } from '../../support/run-records.ts';

const tenant = createTenant({ now: () => 0 });

describe('leaksIn', () => {
  it.each([
    ['a ticket', tenant.issueTicket('router')],
    ['another one', tenant.issueTicket('ann')],
    ['a bearer token', tenant.issueBearer('router')],
    ['an app token', appToken],
    ['a refresh token', 'fake-refresh-000001'],
    ['a code of a sign-in', 'fake-code-000001'],
    ['a header with a ticket', 'SOTicket abc'],
    ['a header with a token', 'Bearer abc'],
    ["an associate's address", 'ann@stand-in.example'],
    ['a token of a sign-in', 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.e30.c2ln'],
    ['what a system user signs', 'Fake app of Cust12345-fake-system-user-token.202611240800.c2ln'],
    ['a key', '-----BEGIN PRIVATE KEY-----'],
    ['a key in XML', '<RSAKeyValue><Modulus>'],
    ['a password', passwordOf('router')],
    ["a customer's name", customer.name],
    ['a session key', customer.sessionKey],
    ["SuperOffice's words", errorText],
  ])('finds %s', (_, secret) => {
    expect(leaksIn(`{"message":"Asked with ${secret} for chat 648"}`)).not.toEqual([]);
  });

  it('finds nothing in what may be said', () => {
    expect(
      leaksIn('{"outcome":"transfer-pending","toAssociate":"ann","says":"7T: is a ticket"}'),
    ).toEqual([]);
  });
});

describe('leaks', () => {
  it.each([
    ['nothing said', [], 0],
    ['two things said', ['the log says "7T:"', 'the log says "zz"'], 2],
  ])('judges %s', (_, said, breaches) => {
    expect(leaks(keptRecord({ leaks: said }))).toHaveLength(breaches);
  });
});
