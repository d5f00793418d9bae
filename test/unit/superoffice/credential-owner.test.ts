import { describe, expect, it } from '@jest/globals';
import type { Calls } from '../../../../functions/route-chat/calls.ts';
import { createPrincipal } from '../../../../functions/route-chat/principal.ts';
import type { Answer } from '../../../../superoffice/answer.ts';
import type { Associate } from '../../../../superoffice/associate.ts';
import { router } from '../../../support/associates.ts';
import { access, credential } from '../../../support/attempt-world.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

const limits = { functionLatestStart: Number.POSITIVE_INFINITY };
const another = { ...credential, authorization: 'SOTicket b' };

function setUp(...answers: Answer<Associate>[]) {
  const clock = createVirtualClock();
  let asked = 0;
  let current = credential;
  const calls: Calls = async (request) => ({ ...(await request(access)), credential: current });
  const principal = createPrincipal({
    calls,
    clock,
    webApi: {
      async currentPrincipal() {
        asked += 1;
        await clock.sleep(10);
        return (answers.length > 1 ? answers.shift() : answers[0]) as Answer<Associate>;
      },
    },
  });
  return {
    clock,
    principal,
    ask: (whose = credential) => clock.until(principal.ask(whose, limits)),
    asked: () => asked,
    use: (other: typeof credential) => {
      current = other;
    },
  };
}

const ok: Answer<Associate> = { kind: 'ok', httpStatus: 200, value: router };
const timeout: Answer<Associate> = { kind: 'timeout', httpStatus: null };

describe('createPrincipal', () => {
  it('asks once for a ticket, however often it is asked', async () => {
    const { ask, asked, clock } = setUp(ok);

    expect(await ask()).toEqual(router);
    await clock.advance(3_600_000);
    expect(await ask()).toEqual(router);

    expect(asked()).toBe(1);
  });

  it('asks once for all who wait', async () => {
    const { principal, clock, asked } = setUp(ok);

    const answers = Array.from({ length: 10 }, () => principal.ask(credential, limits));

    expect(await clock.until(Promise.all(answers))).toEqual(Array(10).fill(router));
    expect(asked()).toBe(1);
  });

  it('knows nothing before it was asked, and asks nothing to know', async () => {
    const { principal, ask, asked } = setUp(ok);

    expect(principal.known(credential)).toBeNull();
    await ask();

    expect(principal.known(credential)).toEqual(router);
    expect(asked()).toBe(1);
  });

  it('asks again for another ticket', async () => {
    const { principal, ask, asked, use } = setUp(ok);
    await ask();
    use(another);

    expect(principal.known(another)).toBeNull();
    expect(await ask(another)).toEqual(router);
    expect(asked()).toBe(2);
  });

  it('does without where it cannot be had, and asks again half a minute later', async () => {
    const { ask, asked, clock } = setUp(timeout, ok);

    expect(await ask()).toBeNull();
    await clock.advance(29_999);
    expect(await ask()).toBeNull();
    expect(asked()).toBe(1);
    await clock.advance(1);

    expect(await ask()).toEqual(router);
  });

  it('takes no other ticket’s owner for the one asked about', async () => {
    const { ask, use } = setUp(ok);
    use(another);

    expect(await ask(credential)).toBeNull();
  });
});
