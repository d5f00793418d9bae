import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Credential,
  isSameCredential,
  parseCredential,
} from '../../../superoffice/credential.ts';
import { UnusableSecretError } from '../../../superoffice/secret-fields.ts';

const parse = (secret: unknown) => parseCredential(JSON.stringify(secret)) as Credential;

function messageOf(secretString: string): string {
  try {
    parseCredential(secretString);
  } catch (error) {
    if (error instanceof UnusableSecretError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${secretString}`);
}

describe('parseCredential', () => {
  it('sends a ticket as SOTicket, with the app token beside it', () => {
    expect(parse({ ticket: '7T:abc==', appToken: 'app' })).toEqual({
      authorization: 'SOTicket 7T:abc==',
      appToken: 'app',
    });
  });

  it('sends a bearer token as Bearer', () => {
    expect(parse({ bearerToken: '8A:Cust12345.abc' })).toEqual({
      authorization: 'Bearer 8A:Cust12345.abc',
      appToken: undefined,
    });
  });

  it('sends user name and password as Basic, in UTF-8', () => {
    expect(parse({ username: 'jte', password: 'pæss:word' }).authorization).toBe(
      `Basic ${Buffer.from('jte:pæss:word', 'utf8').toString('base64')}`,
    );
  });

  it('takes a refresh token for what it is: nothing that could be sent', () => {
    const refreshToken = { refreshToken: 'KSam', clientId: 'c789', clientSecret: '83d0' };

    expect(parse({ ...refreshToken, refreshToken: 'KSam\n' })).toEqual(refreshToken);
  });

  it('takes an empty password', () => {
    expect(parse({ username: 'jte', password: '' }).authorization).toBe('Basic anRlOg==');
  });

  it('forgives a line break at the end, as pasting leaves it', () => {
    expect(parse({ ticket: '7T:abc==\n', appToken: 'app\r\n' })).toEqual({
      authorization: 'SOTicket 7T:abc==',
      appToken: 'app',
    });
  });

  it('forgives a byte order mark, as PowerShell begins a file with', () => {
    expect(parseCredential('\ufeff{"ticket":"7T:abc=="}')).toMatchObject({
      authorization: 'SOTicket 7T:abc==',
    });
  });

  it('ignores fields it does not know', () => {
    expect(parse({ ticket: '7T:abc==', note: 'of 22 November' }).authorization).toBe(
      'SOTicket 7T:abc==',
    );
  });

  it('says of the placeholder how to fill the secret', () => {
    expect(messageOf('{"ticket":"REPLACE-ME"}')).toMatch(
      /still holds the placeholder.*aws secretsmanager put-secret-value --secret-id .*"appToken"/,
    );
  });

  it.each([
    ['', 'it is empty'],
    ['  \n', 'it is empty'],
    ['\ufeff', 'it is empty'],
    ['7T:abc==', 'appToken":"…"}, found something else'],
    ['{"ticket":', 'no JSON object'],
    ['null', 'no JSON object'],
    ['"7T:abc=="', 'no JSON object'],
    ['["7T:abc=="]', 'no JSON object'],
    ['{}', 'lacks its fields'],
    ['{"appToken":"app"}', 'lacks its fields'],
    ['{"password":"p"}', 'lacks its fields'],
    ['{"Ticket":"7T:abc=="}', 'lacks its fields'],
    ['{"ticket":"a","bearerToken":"b"}', 'holds ticket and bearerToken'],
    ['{"ticket":"a","username":"b","password":"c"}', 'holds ticket and username'],
    [
      '{"ticket":"a","refreshToken":"b","clientId":"c","clientSecret":"d"}',
      'ticket and refreshToken',
    ],
    [
      '{"refreshToken":"a","clientId":"b"}',
      'field "clientSecret": expected a string, it is missing',
    ],
    ['{"refreshToken":"a","clientId":"","clientSecret":"c"}', 'field "clientId"'],
    ['{"clientId":"a","clientSecret":"b"}', 'lacks its fields'],
    ['{"ticket":""}', 'field "ticket": expected a string that is not empty, found another value'],
    ['{"ticket":null}', 'field "ticket"'],
    ['{"bearerToken":7}', 'field "bearerToken"'],
    ['{"username":"jte"}', 'field "password": expected a string, it is missing'],
    ['{"username":"","password":"p"}', 'field "username"'],
    ['{"username":"a:b","password":"p"}', 'field "username": expected a user name without a colon'],
    ['{"username":"jte","password":null}', 'field "password"'],
    ['{"ticket":"a","appToken":""}', 'field "appToken"'],
    ['{"ticket":"a","appToken":null}', 'field "appToken"'],
    [String.raw`{"ticket":"7T:a\nb"}`, 'ticket, token or user name holds a line break'],
    [String.raw`{"ticket":"7T:a\u0000b"}`, 'line break'],
    ['{"bearerToken":"8A:é"}', 'line break or a character no header can carry'],
    ['{"ticket":"7T:a\ufeffb"}', 'a character no header can carry'],
    [String.raw`{"ticket":"a","appToken":"b\r\nx: y"}`, 'appToken holds a line break'],
  ])('refuses %j', (secretString, reason) => {
    expect(messageOf(secretString)).toContain(reason);
  });

  it('never says a value of the secret, however malformed it is', () => {
    const value = fc.string({ minLength: 8, maxLength: 40 }).map((text) => `§${text}§`);
    const secrets = fc.record(
      {
        ticket: value,
        refreshToken: value,
        clientId: value,
        clientSecret: value,
        bearerToken: value,
        username: value,
        password: value,
        appToken: value,
      },
      { requiredKeys: [] },
    );
    const spoilt = fc.constantFrom<(json: string) => string>(
      (json) => json,
      (json) => json.slice(0, -1),
      (json) => `[${json}]`,
      (json) => JSON.stringify(json),
    );

    fc.assert(
      fc.property(secrets, spoilt, (secret, spoil) => {
        let message = '';
        try {
          parseCredential(spoil(JSON.stringify(secret)));
        } catch (error) {
          message = String(error) + String((error as Error).stack) + String((error as Error).cause);
        }
        for (const each of Object.values(secret)) expect(message).not.toContain(each);
        expect(message).not.toContain('§');
      }),
    );
  });
});

describe('isSameCredential', () => {
  const one = { authorization: 'SOTicket a', appToken: 'x' };

  it('compares what is sent', () => {
    expect(isSameCredential(one, { ...one })).toBe(true);
    expect(isSameCredential(one, { ...one, authorization: 'SOTicket b' })).toBe(false);
    expect(isSameCredential(one, { ...one, appToken: undefined })).toBe(false);
  });
});
