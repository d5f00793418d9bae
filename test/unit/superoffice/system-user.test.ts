import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readPrivateKey } from '../../../superoffice/private-key.ts';
import {
  mintTicket,
  parseKeyMaterial,
  signSystemUserToken,
} from '../../../superoffice/system-user.ts';
import { fakeExchange, json } from '../../support/fake-exchange.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const xml = toXml(privateKey);

/** As .NET's `ToXmlString(true)` writes it. */
function toXml(key: KeyObject): string {
  const { n, e, p, q, dp, dq, qi, d } = key.export({ format: 'jwk' });
  const base64 = (value: unknown) => Buffer.from(String(value), 'base64url').toString('base64');
  return `<RSAKeyValue><Modulus>${base64(n)}</Modulus><Exponent>${base64(e)}</Exponent><P>${base64(p)}</P><Q>${base64(q)}</Q><DP>${base64(dp)}</DP><DQ>${base64(dq)}</DQ><InverseQ>${base64(qi)}</InverseQ><D>${base64(d)}</D></RSAKeyValue>`;
}

const secret = {
  systemUserToken: 'Route chat-8k8Q7DmBgo',
  privateKey: pem,
  applicationToken: '§app§',
  customerId: 'Cust12345',
};
const material = () => parseKeyMaterial(JSON.stringify(secret));

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('accepted');
}

describe('readPrivateKey', () => {
  it.each([
    ['PKCS#8', pem],
    ['PKCS#1', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['PEM with \\n for line breaks', pem.replaceAll('\n', '\\n')],
    ['XML', xml],
    ['indented XML', `<?xml version="1.0"?>\n${xml.replaceAll('><', '>\n  <')}`],
  ])('reads %s', (_, text) => {
    expect(readPrivateKey(text).equals(privateKey)).toBe(true);
  });

  it.each([
    ['no key', '§', 'expected PEM without a passphrase or <RSAKeyValue>'],
    ['half a key', pem.slice(0, 400), 'or not the whole of it'],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'found neither'],
    [
      'a public key in XML',
      xml.replace(/<D>.*<\/D>/, ''),
      'expected <D> in its XML, it is missing',
    ],
    [
      'XML of other numbers',
      xml.replace(/<Modulus>.*<\/Modulus>/, '<Modulus>AQAB</Modulus>'),
      'numbers that make none',
    ],
    [
      'an elliptic curve',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      'expected an RSA key',
    ],
  ])('refuses %s, and quotes none of it', (_, text, says) => {
    const message = messageOf(() => readPrivateKey(text));

    expect(message).toContain(says);
    expect(message).not.toMatch(/§|[\w+/]{40}/);
  });
});

describe('parseKeyMaterial', () => {
  it.each([
    ['', 'The system user secret is no JSON object'],
    ['{}', 'field "systemUserToken": expected a string, it is missing'],
    [JSON.stringify({ ...secret, customerId: 7 }), 'field "customerId"'],
    [JSON.stringify({ ...secret, privateKey: 'x' }), 'field "privateKey"'],
  ])('refuses %j', (secretString, says) => {
    expect(messageOf(() => parseKeyMaterial(secretString))).toContain(says);
  });
});

describe('signSystemUserToken', () => {
  it('signs token and minute by RSA-SHA256 and PKCS#1 v1.5', () => {
    const signed = signSystemUserToken(material(), Date.parse('2026-01-02T03:04:59.999Z'));

    const [, text, signature] = /^(.*\.202601020304)\.([\w+/=]+)$/.exec(signed) ?? [];
    expect(text).toBe('Route chat-8k8Q7DmBgo.202601020304');
    const bytes = Buffer.from(String(signature), 'base64');
    expect(verify('RSA-SHA256', Buffer.from(String(text)), publicKey, bytes)).toBe(true);
  });
});

describe('mintTicket', () => {
  const jwt = (claims: object) => {
    const named = Object.entries(claims).map(([name, value]) => [
      `http://schemes.superoffice.net/identity/${name}`,
      value,
    ]);
    return `e30.${Buffer.from(JSON.stringify(Object.fromEntries(named))).toString('base64url')}.c2ln`;
  };
  const good = { IsSuccessful: true, Token: jwt({ ctx: 'CUST12345', ticket: '7T:abc==' }) };

  async function mint(answer: object) {
    const clock = createVirtualClock();
    const { exchange, requests } = fakeExchange(() => json(answer));
    const loginService = { loginUrl: 'https://sod.superoffice.com', clock, exchange };
    const minted = await clock.until(mintTicket(loginService, material(), 5_000));
    return { minted, sent: requests[0] as Request };
  }

  it('asks with the signed token, and gives the ticket with its app token', async () => {
    const { minted, sent } = await mint(good);

    expect(sent.url).toBe('https://sod.superoffice.com/Login/api/PartnerSystemUser/Authenticate');
    expect(await sent.json()).toEqual({
      SignedSystemToken: expect.stringMatching(/^Route chat-8k8Q7DmBgo\.202611220805\./),
      ApplicationToken: '§app§',
      ContextIdentifier: 'Cust12345',
      ReturnTokenType: 'JWT',
    });
    expect(minted).toEqual({
      ticket: '7T:abc==',
      credential: { authorization: 'SOTicket 7T:abc==', appToken: '§app§' },
    });
  });

  it.each([
    ['Authorization error: Revoked (1)', /was revoked.*\(Revoked\)/],
    ['Authorization error (3)', /expired.*\(Expired\)/],
    ['Denied', /\(Denied\)/],
    ['NeedsReapproval', /\(NeedsReapproval\)/],
    ['InvalidTimestamp', /clock here is right \(InvalidTimestamp\)/],
    ['InvalidSignature §', /the private key is not the one.*\(InvalidSignature\)/],
    ['§', /refused the system user: it gave no reason that is known/],
    [null, /gave no reason/],
  ])('says why it was refused, in our words: %s', async (ErrorMessage, says) => {
    const minting = mint({ IsSuccessful: false, Token: null, ErrorMessage });

    await expect(minting).rejects.toThrow(says);
    await expect(minting).rejects.not.toThrow('§');
  });

  it.each([
    ['another tenant’s ticket', { ctx: 'Cust6789', ticket: '7T:abc==' }, 'another tenant'],
    ['no tenant', { ticket: '7T:abc==' }, 'another tenant'],
    ['no ticket', { ctx: 'Cust12345' }, 'without a ticket'],
    ['what no header can carry', { ctx: 'Cust12345', ticket: '7T:\n' }, 'without a ticket'],
  ])('refuses %s', async (_, claims, says) => {
    await expect(mint({ IsSuccessful: true, Token: jwt(claims) })).rejects.toThrow(says);
  });

  it('takes nothing that is not said to be successful', async () => {
    await expect(mint({ Token: good.Token })).rejects.toThrow('refused the system user');
  });
});
