import {
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify,
} from 'node:crypto';

/** An application's RSA key, as its vendor has it. */
export const generateKey = (): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export const toPem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** As .NET's `ToXmlString(true)` writes it, and the Developer Portal gives it. */
export function toXml(key: KeyObject): string {
  const jwk = key.export({ format: 'jwk' });
  const element = (name: string, value: unknown) =>
    `<${name}>${Buffer.from(String(value), 'base64url').toString('base64')}</${name}>`;
  return `<RSAKeyValue>${[
    element('Modulus', jwk.n),
    element('Exponent', jwk.e),
    element('P', jwk.p),
    element('Q', jwk.q),
    element('DP', jwk.dp),
    element('DQ', jwk.dq),
    element('InverseQ', jwk.qi),
    element('D', jwk.d),
  ].join('')}</RSAKeyValue>`;
}

const algorithm = 'RSA-SHA256';

/** Whether the application's key made this signature of the text; PKCS#1 v1.5 is Node's default. */
export const isSignedBy = (key: KeyObject, text: string, signature: string) =>
  verify(algorithm, Buffer.from(text), createPublicKey(key), Buffer.from(signature, 'base64'));

/** A JSON Web Token (RS256) of SuperOffice's claims. */
export function toJwt(key: KeyObject, claims: Record<string, string>): string {
  const named = Object.entries(claims).map(([name, value]) => [
    `http://schemes.superoffice.net/identity/${name}`,
    value,
  ]);
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'RS256' })}.${part(Object.fromEntries(named))}`;
  return `${signed}.${signBytes(algorithm, Buffer.from(signed), key).toString('base64url')}`;
}
