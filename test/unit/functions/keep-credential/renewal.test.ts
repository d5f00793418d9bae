import { describe, expect, it } from '@jest/globals';
import type { Unusable } from '../../../../functions/keep-credential/keep-credential.ts';
import { type RenewalPorts, renewTicket } from '../../../../functions/keep-credential/renewal.ts';
import { router } from '../../../support/associates.ts';
import { fakeReport } from '../../../support/fake-report.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const oldEnough = startOfTime - 600_000;
const as = (ticket: string) => ({ authorization: `SOTicket ${ticket}`, appToken: 'app' });
const refused: Unusable = { kind: 'unauthorized', httpStatus: 401, credential: as('old') };
const missing: Unusable = { kind: 'credential-unavailable', reason: 'no credential there' };
const ok = { kind: 'ok', httpStatus: 200, value: router, credential: as('new') } as const;

/** A secret with an old ticket that SuperOffice refused, unless told otherwise. */
function setUp(given: { secret?: object; createdAt?: number } & Partial<RenewalPorts> = {}) {
  const { secret = { ticket: 'old', appToken: 'app' }, createdAt = oldEnough, ...ports } = given;
  const report = fakeReport();
  const clock = createVirtualClock();
  const calls: string[] = [];
  const put: unknown[] = [];
  const renew = (end = refused) =>
    clock.until(
      renewTicket(
        end,
        { latestStart: startOfTime + 20_000 },
        {
          readSecret: async () => ({
            secretString: JSON.stringify(secret),
            versionId: 'v1',
            createdAt,
          }),
          async mint() {
            calls.push('mint');
            return { ticket: 'new', credential: as('new') };
          },
          async whoAmI({ authorization }) {
            calls.push(`whoAmI ${authorization}`);
            return ok;
          },
          async putSecret(secretString, refusedVersionId) {
            put.push([JSON.parse(secretString), refusedVersionId]);
          },
          report,
          clock,
          ...ports,
        },
      ),
    );
  return { renew, calls, put, report };
}

describe('renewTicket', () => {
  it('puts a ticket that SuperOffice takes in the place of the refused one', async () => {
    const { renew, calls, put, report } = setUp();

    expect(await renew()).toBe(router);
    expect(calls).toEqual(['mint', 'whoAmI SOTicket new']);
    expect(put).toEqual([[{ ticket: 'new', appToken: 'app' }, 'v1']]);
    expect(report.counts).toEqual([]);
    expect(report.lines).toEqual([
      { message: 'the ticket was renewed', associateId: router.associateId },
    ]);
  });

  it('fills the placeholder of a new deployment, however young it is', async () => {
    const { renew, put } = setUp({ secret: { ticket: 'REPLACE-ME' }, createdAt: startOfTime });

    await renew(missing);

    expect(put).toHaveLength(1);
  });

  it('makes none in the place of a ticket younger than ten minutes, and counts it', async () => {
    const { renew, calls, report } = setUp({ createdAt: oldEnough + 1 });

    await expect(renew()).rejects.toThrow(/\(unauthorized\).*younger than ten minutes/);
    expect(calls).toEqual([]);
    expect(report.counts).toEqual(['TicketNotMinted']);
  });

  it('leaves a ticket that somebody else has put meanwhile', async () => {
    const { renew, calls } = setUp({ secret: { ticket: 'newer', appToken: 'app' } });

    expect(await renew()).toBeNull();
    expect(calls).toEqual([]);
  });

  it.each<[string, Unusable, object]>([
    ['a ticket that could not be read a moment ago', missing, { ticket: 'old' }],
    ['a refresh token', refused, { refreshToken: 'r', clientId: 'c', clientSecret: 's' }],
    [
      'a refused bearer token',
      { ...refused, credential: { authorization: 'Bearer b', appToken: undefined } },
      { bearerToken: 'b' },
    ],
    ['what somebody has misspelt', missing, { tikcet: 'old' }],
  ])('never replaces %s', async (_, end, secret) => {
    const { renew, calls, put, report } = setUp({ secret });

    await expect(renew(end)).rejects.toThrow('The credential could not be used');
    expect([...calls, ...put, ...report.counts]).toEqual([]);
  });

  it('puts no ticket that SuperOffice does not take', async () => {
    const { renew, put, report } = setUp({
      whoAmI: async () => ({ ...refused, credential: as('new') }),
    });

    await expect(renew()).rejects.toThrow('A new ticket was made and not put in place.');
    expect(put).toEqual([]);
    expect(report.counts).toEqual(['TicketNotMinted']);
  });

  it('counts what keeps it from a ticket, and says it on', async () => {
    const { renew, report } = setUp({ mint: () => Promise.reject(new Error('refused: Revoked')) });

    await expect(renew()).rejects.toThrow('refused: Revoked');
    expect(report.counts).toEqual(['TicketNotMinted']);
  });
});
