import { describe, expect, it } from '@jest/globals';
import type { Associate } from '../../../superoffice/associate.ts';
import type { CallEnd } from '../../../superoffice/call-end.ts';
import { createCredentialOwner } from '../../../superoffice/credential-owner.ts';
import { ann, router } from '../../support/associates.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const one = { authorization: 'SOTicket a', appToken: undefined };
const another = { authorization: 'SOTicket b', appToken: undefined };
const limits = { latestStart: 1_000 };
const is = (value: Associate, credential = one): CallEnd<Associate> => ({
  kind: 'ok',
  httpStatus: 200,
  value,
  credential,
});
const refused: CallEnd<Associate> = {
  kind: 'refused',
  httpStatus: 403,
  errorType: 'SoRightException',
  credential: one,
};
const timeout: CallEnd<Associate> = { kind: 'timeout', httpStatus: null, credential: one };

/** The questions end like this one after the other; the last end stays. */
function setUp(...ends: CallEnd<Associate>[]) {
  const clock = createVirtualClock();
  const asked: unknown[] = [];
  const owner = createCredentialOwner(async (within) => {
    asked.push(within);
    await clock.sleep(10);
    return (ends.length > 1 ? ends.shift() : ends[0]) as CallEnd<Associate>;
  }, clock);
  return { clock, owner, asked, ask: (whose = one) => clock.until(owner.ask(whose, limits)) };
}

describe('createCredentialOwner: ask', () => {
  it('asks within the limits it is given', async () => {
    const { ask, asked } = setUp(is(router));

    expect(await ask()).toEqual(router);
    expect(asked).toEqual([limits]);
  });

  it('asks once for a credential, however long ago', async () => {
    const { ask, asked, clock } = setUp(is(router));
    await ask();
    await clock.advance(86_400_000);

    expect(await ask()).toEqual(router);
    expect(asked).toHaveLength(1);
  });

  it('asks once for all who wait', async () => {
    const { owner, clock, asked } = setUp(is(router));

    const answers = Array.from({ length: 10 }, () => owner.ask(one, limits));

    expect(await clock.until(Promise.all(answers))).toEqual(Array(10).fill(router));
    expect(asked).toHaveLength(1);
  });

  it('asks anew for another credential', async () => {
    const { ask, asked } = setUp(is(router), is(ann, another));
    await ask();

    expect(await ask(another)).toEqual(ann);
    expect(asked).toHaveLength(2);
  });

  it.each<CallEnd<Associate>>([
    timeout,
    refused,
    { kind: 'credential-refused' },
    { kind: 'out-of-time' },
  ])('does without where it cannot be had, and asks again half a minute later: %j', async (end) => {
    const { ask, asked, clock } = setUp(end, is(router));

    expect(await ask()).toBeNull();
    await clock.advance(29_999);
    expect(await ask()).toBeNull();
    expect(asked).toHaveLength(1);
    await clock.advance(1);

    expect(await ask()).toEqual(router);
  });

  it('keeps a failure no longer where the clock is set back an hour', async () => {
    const { ask, clock } = setUp(timeout, is(router));
    await ask();
    clock.adjust(-3_600_000);
    expect(await ask()).toBeNull();

    await clock.advance(30_000);

    expect(await ask()).toEqual(router);
  });

  it('keeps no failure from another credential', async () => {
    const { ask, asked } = setUp(timeout, is(ann, another));
    await ask();

    expect(await ask(another)).toEqual(ann);
    expect(asked).toHaveLength(2);
  });

  it('takes nobody else’s credential for the one asked about', async () => {
    const { ask, owner } = setUp(is(ann, another));

    expect(await ask(one)).toBeNull();
    expect(owner.known(another)).toEqual(ann);
  });
});

describe('createCredentialOwner: known', () => {
  it('is nobody before anybody asked, and asks nothing', () => {
    const { owner, asked } = setUp(is(router));

    expect(owner.known(one)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is who was found, for that credential only', async () => {
    const { owner, ask } = setUp(is(router));
    await ask();

    expect(owner.known(one)).toEqual(router);
    expect(owner.known(another)).toBeNull();
  });

  it('is nobody after a failure', async () => {
    const { owner, ask } = setUp(timeout);
    await ask();

    expect(owner.known(one)).toBeNull();
  });
});
