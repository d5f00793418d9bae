import { describe, expect, it } from '@jest/globals';
import type { TenantAddress } from '../../../superoffice/tenant-address.ts';
import { json } from '../../support/fake-exchange.ts';
import { at, ok, setUpClient, status, ticket } from '../../support/superoffice-client.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const two = [ticket('a'), ticket('b')];
const three = [...two, ticket('c')];
/** SuperOffice's own error shape. */
const refused = (code: number) => () => json({ ErrorType: 'SoRightException' }, { status: code });

describe('createSuperOffice: a 401 or 403', () => {
  it.each([
    ['401', status(401)],
    ['403 in SuperOffice’s own shape', refused(403)],
    ['403 in another shape', status(403)],
  ])('is repeated with the credential put in place of the refused one: %s', async (_, answer) => {
    const { look, clock, sent, read } = setUpClient({ secrets: three, answers: [answer, ok] });

    expect(await clock.until(look())).toMatchObject({
      kind: 'ok',
      credential: { authorization: 'SOTicket b' },
    });
    expect(sent.map(({ as, at: when }) => [as, when])).toEqual([
      ['SOTicket a', 250],
      ['SOTicket b', 500],
    ]);
    expect(read.secret).toBe(2);
  });

  it.each([
    [401, status(401), 'unauthorized'],
    [403, refused(403), 'refused'],
    [403, status(403), 'misdirected'],
  ])('is not repeated with the same credential: %i', async (httpStatus, answer, kind) => {
    const { look, clock, sent, read } = setUpClient({ answers: [answer] });

    expect(await clock.until(look())).toMatchObject({
      kind,
      httpStatus,
      credential: { authorization: 'SOTicket a' },
    });
    expect(sent).toHaveLength(1);
    expect(read.secret).toBe(2);
  });

  it('is repeated once at most', async () => {
    const { look, clock, sent } = setUpClient({ secrets: three, answers: [status(401)] });

    expect(await clock.until(look())).toMatchObject({
      kind: 'unauthorized',
      credential: { authorization: 'SOTicket b' },
    });
    expect(sent).toHaveLength(2);
  });

  it('is repeated once at most, though there may always be another credential', async () => {
    let reads = 0;
    const held = () => {
      const credential = { authorization: `SOTicket ${reads}`, appToken: undefined };
      return { kind: 'credential', credential } as const;
    };
    const credentials = {
      current: async () => held(),
      atHand: held,
      async renew() {
        reads += 1;
        return true;
      },
    };
    const { look, clock, sent } = setUpClient({ credentials, answers: [status(401)] });

    expect(await clock.until(look())).toMatchObject({ kind: 'unauthorized' });
    expect(sent.map(({ as }) => as)).toEqual(['SOTicket 0', 'SOTicket 1']);
  });

  it('may be repeated again by the next call', async () => {
    const answers = [status(401), ok, status(401), ok];
    const { look, clock, sent } = setUpClient({ secrets: three, answers });
    await clock.until(look());
    await clock.advance(10_000);

    expect(await clock.until(look())).toMatchObject({ kind: 'ok' });
    expect(sent.at(-1)?.as).toBe('SOTicket c');
  });

  it.each([400, 404, 409, 429, 500])('is what renews a credential, not a %i', async (code) => {
    const { look, clock, read } = setUpClient({ secrets: two, answers: [refused(code)] });

    await clock.until(look());

    expect(read.secret).toBe(1);
  });

  it('is not repeated past the latest start', async () => {
    const { look, clock, sent, read } = setUpClient({ secrets: two, answers: [status(401), ok] });

    expect(await clock.until(look({ latestStart: startOfTime + 499 }))).toEqual({
      kind: 'out-of-time',
    });
    expect(sent).toHaveLength(1);
    expect(read.secret).toBe(2);
  });

  it('is not repeated at the deadline', async () => {
    const { transfer, clock, sent } = setUpClient({ secrets: two, answers: [status(401), ok] });

    expect(await clock.until(transfer({ deadline: startOfTime + 500 }))).toEqual({
      kind: 'deadline-passed',
    });
    expect(sent).toHaveLength(1);
  });
});

describe('createSuperOffice: a 421', () => {
  const addresses = [at('one'), at('two'), at('three')];

  it('is repeated at the new address, once at most', async () => {
    const { look, clock, sent, read } = setUpClient({ addresses, answers: [status(421)] });

    expect(await clock.until(look())).toMatchObject({ kind: 'misdirected', httpStatus: 421 });
    expect(sent.map(({ to, at: when }) => [to, when])).toEqual([
      ['one', 250],
      ['two', 500],
    ]);
    expect(read.address).toBe(3);
  });

  it('is not repeated at the same address', async () => {
    const { look, clock, sent } = setUpClient({ answers: [status(421)] });

    expect(await clock.until(look())).toMatchObject({ kind: 'misdirected', httpStatus: 421 });
    expect(sent).toHaveLength(1);
  });

  it.each<[string, TenantAddress, object]>([
    [
      'down',
      { kind: 'not-running', state: 'Suspended' },
      { kind: 'tenant-not-running', state: 'Suspended' },
    ],
    [
      'unknown',
      { kind: 'unknown', reason: 'answered 500' },
      { kind: 'tenant-unknown', reason: 'answered 500' },
    ],
  ])('says that the tenant is %s, where it led to that', async (_, address, end) => {
    const { look, clock, sent } = setUpClient({
      addresses: [at('one'), address],
      answers: [status(421)],
    });

    expect(await clock.until(look())).toEqual(end);
    expect(sent).toHaveLength(1);
  });

  it.each([401, 403, 404, 500])('is what renews an address, not a %i', async (code) => {
    const { look, clock, sent } = setUpClient({ addresses, answers: [status(code)] });

    await clock.until(look());

    expect(sent.map(({ to }) => to)).toEqual(['one']);
  });

  it('and a 401 may each be repeated once in one call', async () => {
    const { look, clock, sent } = setUpClient({
      secrets: three,
      addresses,
      answers: [status(421), status(401), status(421)],
    });

    expect(await clock.until(look())).toMatchObject({ kind: 'misdirected' });
    expect(sent.map(({ as, to }) => `${as} ${to}`)).toEqual([
      'SOTicket a one',
      'SOTicket a two',
      'SOTicket b two',
    ]);
  });
});

describe('createSuperOffice: an answer that comes after the latest start', () => {
  /** Each request takes 100 ms. */
  const setUpSlow = (code: number) =>
    setUpClient({
      secrets: two,
      addresses: [at('one'), at('two')],
      answers: [
        async (request, clock) => {
          await clock.sleep(100);
          return await status(code)(request, clock);
        },
      ],
    });

  it.each([
    [401, 'unauthorized', 350],
    [421, 'misdirected', 350],
  ])('renews nothing, which could take longer than is left: %i', async (code, kind, endsAt) => {
    const { look, clock, read } = setUpSlow(code);

    const end = await clock.until(look({ latestStart: startOfTime + endsAt - 1 }));

    expect(end).toMatchObject({ kind, credential: { authorization: 'SOTicket a' } });
    expect(read).toEqual({ secret: 1, address: 1 });
  });

  it.each([
    [401, 350],
    [421, 350],
  ])('renews where it comes just in time, though no slot is left: %i', async (code, endsAt) => {
    const { look, clock, read } = setUpSlow(code);

    const end = await clock.until(look({ latestStart: startOfTime + endsAt }));

    expect(end).toEqual({ kind: 'out-of-time' });
    expect(read).not.toEqual({ secret: 1, address: 1 });
  });
});
