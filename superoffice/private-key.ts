import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { UnusableSecretError } from './secret-fields.ts';

/** RSAKeyValue's elements, as .NET writes them, and what JSON Web Keys call them. */
const xmlElements = {
  Modulus: 'n',
  Exponent: 'e',
  D: 'd',
  P: 'p',
  Q: 'q',
  DP: 'dp',
  DQ: 'dq',
  InverseQ: 'qi',
} as const;

/**
 * An application's RSA private key, as PEM or as the XML that SuperOffice's Developer Portal gives.
 * @throws UnusableSecretError that says what is wrong with it, and quotes nothing of it.
 */
export function readPrivateKey(text: string): KeyObject {
  const key = text.includes('<RSAKeyValue') ? fromXml(text) : fromPem(text);
  if (key.asymmetricKeyType === 'rsa') return key;
  throw unusable('an RSA key, found another kind');
}

function fromPem(text: string): KeyObject {
  try {
    // As JSON made by hand often has it: the two characters \n for each line break.
    return createPrivateKey(text.replaceAll('\\n', '\n').trim());
  } catch {
    // The error of OpenSSL is of no help to a person.
    throw unusable(
      'PEM without a passphrase or <RSAKeyValue>, found neither, or not the whole of it',
    );
  }
}

function fromXml(text: string): KeyObject {
  const jwk: Record<string, string> = { kty: 'RSA' };
  for (const [element, name] of Object.entries(xmlElements)) {
    const [, base64] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(text) ?? [];
    if (!base64) throw unusable(`<${element}> in its XML, it is missing`);
    jwk[name] = Buffer.from(base64, 'base64').toString('base64url');
  }
  try {
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    // Numbers that do not belong together are only found by what they are for.
    sign('RSA-SHA256', Buffer.alloc(0), key);
    return key;
  } catch {
    throw unusable('a private key in its XML, found numbers that make none');
  }
}

const unusable = (expected: string) =>
  new UnusableSecretError(`The system user secret's field "privateKey": expected ${expected}.`);
