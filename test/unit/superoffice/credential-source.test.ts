import { describe, expect, it } from '@jest/globals';
import { createTicket } from '../../../../functions/route-chat/ticket.ts';
import type { Credential } from '../../../../superoffice/credential.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

const credential = (ticket: string): Credential => ({
  authorization: `SOTicket ${ticket}`,
  appToken: undefined,
});
const held = (ticket: string) => ({ kind: 'credential', credential: credential(ticket) });
const denied = Object.assign(new Error('arn:aws:iam::1:role/x may not read'), {
  name: 'AccessDeniedException',
});

/** The secret holds these one after the other, the last stays; an Error is a read that fails. */
function setUp(...secrets: (string | Error)[]) {
  const clock = createVirtualClock();
  const told = { reads: 0, unavailable: [] as string[], refused: 0 };
  const ticket = createTicket({
    async readSecret() {
      told.reads += 1;
      await clock.sleep(50);
      const secret = secrets.length > 1 ? secrets.shift() : secrets[0];
      if (secret instanceof Error) throw secret;
      return JSON.stringify({ ticket: secret });
    },
    onUnavailable: (reason) => told.unavailable.push(reason),
    onRefused: () => {
      told.refused += 1;
    },
    clock,
  });
  return {
    told,
    ticket,
    clock,
    current: () => clock.until(ticket.current()),
    renew: (refused: string, httpStatus: 401 | 403 = 401) =>
      clock.until(ticket.renew(credential(refused), httpStatus)),
  };
}

describe('current', () => {
  it('reads the secret once for five minutes', async () => {
    const { current, clock, told } = setUp('a', 'b');

    expect(await current()).toEqual(held('a'));
    await clock.advance(299_999);
    expect(await current()).toEqual(held('a'));
    expect(told.reads).toBe(1);
    await clock.advance(1);

    expect(await current()).toEqual(held('b'));
  });

  it('reads once, however many events wait', async () => {
    const { ticket, clock, told } = setUp('a');

    const states = Array.from({ length: 10 }, () => ticket.current());

    expect(await clock.until(Promise.all(states))).toEqual(Array(10).fill(held('a')));
    expect(told.reads).toBe(1);
  });

  it('never keeps a failed read', async () => {
    const { current } = setUp(denied, 'a');

    expect(await current()).toMatchObject({ kind: 'unavailable' });
    expect(await current()).toEqual(held('a'));
  });

  it('keeps the ticket it has while the secret cannot be read, and asks again in ten seconds', async () => {
    const { current, clock, told } = setUp('a', denied, 'b');
    await current();
    await clock.advance(300_000);

    expect(await current()).toEqual(held('a'));
    await clock.advance(9_999);
    expect(await current()).toEqual(held('a'));
    expect(told.reads).toBe(2);
    await clock.advance(1);

    expect(await current()).toEqual(held('b'));
  });

  it('keeps the ticket it has also where the secret was spoilt', async () => {
    const { current, clock, told } = setUp('a', '');
    await current();
    await clock.advance(300_000);

    expect(await current()).toEqual(held('a'));
    expect(told.unavailable).toHaveLength(1);
  });

  it('names AWS’s error, and quotes none of its words', async () => {
    const { current, told } = setUp(denied);

    const state = await current();

    expect(state).toMatchObject({
      reason: expect.stringMatching(/^AccessDeniedException: the ticket secret/),
    });
    expect(JSON.stringify([state, told])).not.toContain('arn:aws');
  });

  it('says once a read what is wrong with the secret', async () => {
    const { ticket, clock, told } = setUp('REPLACE-ME');

    await clock.until(Promise.all([ticket.current(), ticket.current()]));

    expect(told.unavailable).toEqual([
      expect.stringMatching(/^UnusableSecretError: .*placeholder/),
    ]);
  });
});

describe('renew', () => {
  it('finds the ticket that was put in place of the refused one', async () => {
    const { current, renew, told } = setUp('a', 'b');
    await current();

    expect(await renew('a')).toBe(true);
    expect(await current()).toEqual(held('b'));
    expect(told.refused).toBe(0);
  });

  it('needs no read for a ticket that is no longer the kept one', async () => {
    const { current, renew, told } = setUp('b');
    await current();

    expect(await renew('a')).toBe(true);
    expect(told.reads).toBe(1);
  });

  it('reads once, however many events were refused', async () => {
    const { current, ticket, clock, told } = setUp('a', 'b');
    await current();

    const renewals = Array.from({ length: 10 }, () => ticket.renew(credential('a'), 401));

    expect(await clock.until(Promise.all(renewals))).toEqual(Array(10).fill(true));
    expect(told.reads).toBe(2);
  });

  it('tells once of a ticket that is still the same', async () => {
    const { current, ticket, clock, told } = setUp('a');
    await current();

    const renewals = Array.from({ length: 10 }, () => ticket.renew(credential('a'), 401));

    expect(await clock.until(Promise.all(renewals))).toEqual(Array(10).fill(false));
    expect(told).toMatchObject({ reads: 2, refused: 1 });
  });

  it('takes a refused ticket out of use for ten seconds, then tries it again', async () => {
    const { current, renew, clock, told } = setUp('a');
    await current();
    await renew('a');

    expect(await current()).toEqual({ kind: 'refused' });
    await clock.advance(9_999);
    expect(await current()).toEqual({ kind: 'refused' });
    expect(told.reads).toBe(2);
    await clock.advance(1);

    expect(await current()).toEqual(held('a'));
    expect(told.reads).toBe(3);
  });

  it('finds after ten seconds the ticket that has been put in place meanwhile', async () => {
    const { current, renew, clock } = setUp('a', 'a', 'b');
    await current();
    await renew('a');
    await clock.advance(10_000);

    expect(await current()).toEqual(held('b'));
  });

  it('takes a ticket out of use again, and tells again, where it is refused again', async () => {
    const { current, renew, clock, told } = setUp('a');
    await current();
    await renew('a');
    await clock.advance(10_000);
    await current();

    expect(await renew('a')).toBe(false);
    expect(await current()).toEqual({ kind: 'refused' });
    expect(told).toMatchObject({ reads: 3, refused: 2 });
  });

  it('does not take a ticket out of use for a 403, which may be about the one session', async () => {
    const { current, renew, told } = setUp('a');
    await current();

    expect(await renew('a', 403)).toBe(false);
    expect(await current()).toEqual(held('a'));
    expect(told).toMatchObject({ reads: 2, refused: 0 });
  });

  it('lets ten seconds pass between two reads for a refusal', async () => {
    const { current, renew, clock, told } = setUp('a', 'a', 'b');
    await current();
    await renew('a', 403);

    await clock.advance(9_900);
    expect(await renew('a', 403)).toBe(false);
    expect(told.reads).toBe(2);
    await clock.advance(100);

    expect(await renew('a', 403)).toBe(true);
    expect(told.reads).toBe(3);
  });

  it('takes the ticket out of use also where the secret cannot be re-read', async () => {
    const { current, renew, told } = setUp('a', denied);
    await current();

    expect(await renew('a')).toBe(false);
    expect(await current()).toEqual({ kind: 'refused' });
    expect(told).toMatchObject({ refused: 1, unavailable: [expect.any(String)] });
  });
});
