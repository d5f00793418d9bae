import { createHmac, timingSafeEqual } from 'node:crypto';

/** 32 bytes in base64. */
const pattern = /^[A-Za-z0-9+/]{43}=$/;

/** The signature a header carries; undefined where that cannot be one. */
export const signatureIn = (header = ''): Buffer | undefined =>
  pattern.test(header) ? Buffer.from(header, 'base64') : undefined;

/**
 * Whether the signature is the HMAC-SHA256 of these bytes under one of the secrets. Takes as long
 * whatever of it is wrong.
 * @see https://docs.superoffice.com/en/automation/webhook/dev/security.html
 */
export function isSigned(
  bytes: Uint8Array,
  signature: Uint8Array,
  secrets: readonly string[],
): boolean {
  const matches = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), signature),
  );
  return matches.includes(true);
}
