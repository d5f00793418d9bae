import { describe, expect, it } from '@jest/globals';
import { isSigned, signatureIn } from '../../../../functions/http-intake/signature.ts';

const secret = 'a secret of the webhook';
const body = Buffer.from('{"a":"é"}');
/** By openssl. */
const signature = 'GXriKh3tM/oz3rdY9xlRWC31YxXA73u7z26Z3B6cBaY=';

const check = (header: string, secrets: string[], bytes = body) => {
  const given = signatureIn(header);
  return given !== undefined && isSigned(bytes, given, secrets);
};

describe('isSigned', () => {
  it('holds for what openssl signed, by either secret', () => {
    expect(check(signature, [secret])).toBe(true);
    expect(check(signature, ['another', secret])).toBe(true);
  });

  it.each([
    ['another secret', signature, ['another'], body],
    ['no secret', signature, [], body],
    ['another byte', signature, [secret], Buffer.from('{"a":"é"} ')],
    ['another encoding', signature, [secret], Buffer.from('{"a":"é"}', 'latin1')],
    ['half of it', signature.slice(0, 20), [secret], body],
    ['one bit', `H${signature.slice(1)}`, [secret], body],
    ['hexadecimal', Buffer.from(signature, 'base64').toString('hex'), [secret], body],
    ['twice', `${signature},${signature}`, [secret], body],
    ['nothing', '', [secret], body],
  ])('fails for %s', (_, header, secrets, bytes) => {
    expect(check(header, secrets, bytes)).toBe(false);
  });
});
