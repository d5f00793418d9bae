import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCredential } from '../../superoffice/credential.ts';
import { isSecretBySchema } from '../support/schemas.ts';

function isAccepted(secret: unknown): boolean {
  try {
    parseCredential(JSON.stringify(secret));
    return true;
  } catch {
    return false;
  }
}

describe('parseCredential and ticket-secret.schema.json', () => {
  it('agree on any choice of fields', () => {
    const value = fc.constantFrom<unknown>('t1', 't:2', '', null, 7, {});
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
        note: value,
      },
      { requiredKeys: [] },
    );
    const seen = new Set<boolean>();

    fc.assert(
      fc.property(secrets, (secret) => {
        const accepted = isAccepted(secret);
        seen.add(accepted);
        expect({ secret, accepted }).toEqual({ secret, accepted: isSecretBySchema(secret) });
      }),
      { numRuns: 2000 },
    );

    expect(seen).toEqual(new Set([true, false]));
  });

  it('agree on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (secret) => {
        expect(isAccepted(secret)).toBe(isSecretBySchema(secret));
      }),
    );
  });
});
