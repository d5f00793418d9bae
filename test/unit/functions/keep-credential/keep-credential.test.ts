import { describe, expect, it } from '@jest/globals';
import {
  keepCredential,
  type Unusable,
} from '../../../../functions/keep-credential/keep-credential.ts';
import type { Associate } from '../../../../superoffice/associate.ts';
import type { CallEnd } from '../../../../superoffice/call-end.ts';
import { router } from '../../../support/associates.ts';

const credential = { authorization: 'SOTicket a', appToken: undefined };
const ok = { kind: 'ok', httpStatus: 200, value: router, credential } as const;
const unauthorized = { kind: 'unauthorized', httpStatus: 401, credential } as const;
const actingAs = { associateId: router.associateId, name: router.name };
const asking = (refusedVersionId: unknown) => JSON.stringify({ refusedVersionId });

/** The secret is at version v2. */
function setUp(
  end: CallEnd<Associate>,
  renewed: Associate | null | Error | 'no system user' = router,
) {
  const calls: string[] = [];
  const keep = (bodies: string[] = []) =>
    keepCredential(
      bodies,
      { latestStart: 1 },
      {
        async whoAmI() {
          calls.push('whoAmI');
          return end;
        },
        newestVersionId: async () => 'v2',
        // Once more, as where somebody waits.
        again: (act) => (bodies.length > 0 ? act().catch(act) : act()),
        ...(renewed !== 'no system user' && {
          async renew(_: Unusable) {
            calls.push('renew');
            if (renewed instanceof Error) throw renewed;
            return renewed;
          },
        }),
      },
    );
  return { keep, calls };
}

describe('keepCredential', () => {
  it('says whose the credential is, and no user name, which is an e-mail address', async () => {
    const { keep, calls } = setUp(ok);

    expect(await keep()).toEqual({ credential: 'usable', actingAs });
    expect(calls).toEqual(['whoAmI']);
  });

  it('lets a tenant that is down be', async () => {
    const { keep } = setUp({ kind: 'tenant-not-running', state: 'OfflineMaintenance' });

    expect(await keep()).toEqual({ credential: 'not-tried', tenant: 'OfflineMaintenance' });
  });

  it('has a refused credential renewed', async () => {
    const { keep } = setUp(unauthorized);

    expect(await keep()).toEqual({ credential: 'minted', actingAs });
  });

  it('has one that is missing renewed', async () => {
    const { keep } = setUp({ kind: 'credential-unavailable', reason: 'placeholder' });

    expect(await keep()).toEqual({ credential: 'minted', actingAs });
  });

  it('says that somebody was faster', async () => {
    expect(await setUp(unauthorized, null).keep()).toEqual({ credential: 'replaced' });
  });

  it('says what is wrong where there is no system user', async () => {
    const { keep } = setUp(unauthorized, 'no system user');

    await expect(keep()).rejects.toThrow(
      'could not be used (unauthorized): SuperOffice answered 401',
    );
  });

  it.each<CallEnd<Associate>>([
    { kind: 'unavailable', httpStatus: 503, retryAfterMs: undefined, credential },
    { kind: 'refused', httpStatus: 403, errorType: 'SoRightException', credential },
    { kind: 'timeout', httpStatus: null, credential },
    { kind: 'tenant-unknown', reason: 'answered 500' },
    { kind: 'credential-refused' },
  ])('has nothing renewed for $kind', async (end) => {
    const { keep, calls } = setUp(end);

    await expect(keep()).rejects.toThrow('could not be used');
    expect(calls).toEqual(['whoAmI']);
  });

  it('does nothing where the version that was refused is no longer the newest', async () => {
    const { keep, calls } = setUp(unauthorized);

    expect(await keep([asking('v1')])).toEqual({ credential: 'replaced' });
    expect(calls).toEqual([]);
  });

  it('tries the version that was refused where it is the newest', async () => {
    const { keep, calls } = setUp(unauthorized);

    expect(await keep([asking('v2')])).toMatchObject({ credential: 'minted' });
    expect(calls).toEqual(['whoAmI', 'renew']);
  });

  it('does again what came before a renewal, and not the renewal', async () => {
    const { keep, calls } = setUp(unauthorized, new Error('The login service answered 503.'));

    await expect(keep([asking('v2')])).rejects.toThrow('answered 503');
    expect(calls).toEqual(['whoAmI', 'renew']);

    const passing = setUp({ kind: 'timeout', httpStatus: null, credential });
    await expect(passing.keep([asking('v2')])).rejects.toThrow('could not be used');
    expect(passing.calls).toEqual(['whoAmI', 'whoAmI']);
  });

  it.each(['', 'null', '{}', asking(7)])(
    'does nothing for a message it cannot read: %j',
    async (body) => {
      const { keep, calls } = setUp(unauthorized);

      expect(await keep([body])).toEqual({ credential: 'replaced' });
      expect(calls).toEqual([]);
    },
  );
});
