import { describe, expect, it } from '@jest/globals';
import { type AttemptEnd, attempt } from '../../../../functions/route-chat/attempt.ts';
import {
  type Known,
  nothingKnown,
  perhapsApplied,
} from '../../../../functions/route-chat/decide.ts';
import type { Remembered } from '../../../../functions/route-chat/memory.ts';
import type { CallEnd } from '../../../../superoffice/call-end.ts';
import type { SuperOffice } from '../../../../superoffice/client.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { invocation, routeRequest } from '../../../support/events.ts';
import {
  answered,
  credential,
  fakeSuperOffice,
  inTurn,
  outOfTime,
  refused,
  throttled,
  timedOut,
} from '../../../support/fake-super-office.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const lost = perhapsApplied(nothingKnown);
const other = { ...credential, authorization: 'SOTicket b' };

const nobodyAsked = answered(chatSession());
const annAsked = answered(chatSession({ transferTo: ann }));
const benAsked = answered(chatSession({ transferTo: ben }));
const annHasIt = answered(chatSession({ user: ann }));
const benHasIt = answered(chatSession({ user: ben }));

/** One attempt to come; its deadline is far off, or `leftMs` away. */
function anAttempt({ known = nothingKnown, leftMs = 300_000 } = {}) {
  const clock = createVirtualClock();
  const remembered: Remembered = { known };
  const request = routeRequest({ deadline: startOfTime + leftMs });
  return {
    clock,
    remembered,
    async run(given: Partial<SuperOffice> = {}) {
      const superOffice = fakeSuperOffice(given);
      const end = await attempt(request, remembered, invocation, { superOffice, clock });
      return { end, calls: superOffice.calls };
    },
  };
}

const conclusionOf = (end: AttemptEnd) => (end.kind === 'concluded' ? end.conclusion : end);

describe('attempt', () => {
  it('transfers at once what was never tried', async () => {
    const { end, calls } = await anAttempt().run();

    expect(conclusionOf(end)).toMatchObject({ outcome: 'transfer-pending' });
    expect(calls).toEqual(['transfer 648 to 8']);
  });

  it('looks first where something may have been applied, and goes over what is pending', async () => {
    const { end, calls } = await anAttempt({ known: lost }).run({ look: inTurn(benAsked) });

    expect(conclusionOf(end)).toMatchObject({ outcome: 'transfer-pending' });
    expect(calls).toEqual(['look 648', 'transfer 648 to 8']);
  });

  it('transfers nothing where looking shows that it took', async () => {
    const { end, calls } = await anAttempt({ known: lost }).run({ look: inTurn(annAsked) });

    expect(conclusionOf(end)).toMatchObject({ outcome: 'transfer-pending' });
    expect(calls).toEqual(['look 648']);
  });

  it('lets each call start no later than the invocation says, a transfer before the deadline', async () => {
    const limits: unknown[] = [];
    const note =
      <Value>(value: Value) =>
      async (...args: unknown[]) => {
        limits.push(args.at(-1));
        return value;
      };
    const { latestStart } = invocation;

    await anAttempt({ known: lost }).run({
      look: note(nobodyAsked),
      transferTo: note(nobodyAsked),
      ownerOf: note(router),
    });

    expect(limits).toEqual([
      { latestStart },
      { latestStart, deadline: startOfTime + 300_000 },
      { latestStart },
    ]);
  });

  it('makes no call past the deadline where nothing can have been applied', async () => {
    const { end, calls } = await anAttempt({ leftMs: 0 }).run();

    expect(conclusionOf(end)).toMatchObject({ outcome: 'expired', actingAs: null });
    expect(calls).toEqual([]);
  });

  it('transfers where reading is refused', async () => {
    const { calls } = await anAttempt({ known: lost }).run({ look: inTurn(refused(403)) });

    expect(calls).toEqual(['look 648', 'transfer 648 to 8']);
  });

  it('makes no transfer once the deadline has passed while it looked', async () => {
    const { clock, run } = anAttempt({ known: lost, leftMs: 1_000 });

    const { end, calls } = await run({
      look: async () => {
        clock.adjust(1_000);
        return nobodyAsked;
      },
    });

    expect(conclusionOf(end)).toMatchObject({ outcome: 'unknown' });
    expect(calls).toEqual(['look 648']);
  });

  it.each([timedOut, refused(404)])(
    'is unknown past the deadline once a look ends with %j',
    async (look) => {
      const { end } = await anAttempt({ known: lost, leftMs: 0 }).run({ look: inTurn(look) });

      expect(conclusionOf(end)).toMatchObject({ outcome: 'unknown' });
    },
  );

  it('leaves the look to another receive where this one has no time left', async () => {
    const { end } = await anAttempt({ known: lost, leftMs: 0 }).run({ look: inTurn(outOfTime) });

    expect(end).toMatchObject({ kind: 'come-back' });
  });
});

describe('attempt, in what it remembers', () => {
  it('counts the transfer as perhaps applied before it leaves', async () => {
    const { remembered, run } = anAttempt({ known: { ...lost, seen: null } });
    let onItsWay: Known | undefined;

    await run({
      transferTo: async () => {
        onItsWay = remembered.known;
        return throttled;
      },
      look: inTurn(nobodyAsked),
    });

    expect(onItsWay).toMatchObject({ perhapsApplied: true, seen: undefined });
  });

  it('leaves it at that where the client throws', async () => {
    const { remembered, run } = anAttempt();

    await expect(run({ transferTo: () => Promise.reject(new Error('a bug')) })).rejects.toThrow();

    expect(remembered.known.perhapsApplied).toBe(true);
  });

  it.each<[CallEnd<never>, boolean, string]>([
    [throttled, false, 'throttled'],
    [{ kind: 'credential-unavailable', reason: 'x' }, false, 'ticket-unavailable'],
    [outOfTime, false, 'throttled'],
    [timedOut, true, 'timeout'],
  ])('knows after %j whether it was perhaps applied: %s', async (transferEnd, is, code) => {
    const { remembered, run } = anAttempt();

    const { end } = await run({ transferTo: inTurn(transferEnd) });

    expect(end).toMatchObject({ kind: 'come-back', error: { code } });
    expect(remembered.known).toMatchObject({ perhapsApplied: is, error: { code } });
  });

  it('keeps what a look showed, and whom it showed asked', async () => {
    const { remembered, run } = anAttempt({ known: lost });

    await run({ look: inTurn(benAsked), transferTo: inTurn(throttled) });

    expect(remembered.known).toMatchObject({
      perhapsApplied: true,
      seen: chatSession({ transferTo: ben }),
      askedBefore: ben.associateId,
    });
  });
});

describe('attempt, in telling whose credential it was', () => {
  const knownOwnerOf: SuperOffice['knownOwnerOf'] = (by) => (by === other ? ben : router);

  it.each<[string, Partial<SuperOffice>, Parameters<typeof anAttempt>[0]]>([
    ['transfer-pending', { transferTo: inTurn(annAsked) }, {}],
    ['assigned', { look: inTurn(annHasIt) }, { known: lost }],
    ['failed', { transferTo: inTurn(refused(404)) }, {}],
    ['unknown', { look: inTurn(nobodyAsked) }, { known: lost, leftMs: 0 }],
  ])('says with %s what is known, and asks nobody', async (outcome, given, options) => {
    const { end, calls } = await anAttempt(options).run({ ...given, knownOwnerOf });

    expect(conclusionOf(end)).toMatchObject({ outcome, actingAs: router });
    expect(calls).not.toContain('ask owner');
  });

  it('asks where nothing was applied, to tell the cause', async () => {
    const { end, calls } = await anAttempt().run({ transferTo: inTurn(benHasIt) });

    expect(conclusionOf(end)).toMatchObject({
      outcome: 'not-applied',
      cause: 'owned-by-another',
      actingAs: router,
    });
    expect(calls).toEqual(['transfer 648 to 8', 'ask owner']);
  });

  it('does without where that cannot be had', async () => {
    const transferTo = inTurn(benHasIt);
    const { end } = await anAttempt().run({ transferTo, ownerOf: async () => null });

    expect(conclusionOf(end)).toMatchObject({ cause: 'unclear', actingAs: null });
  });

  it.each([
    ['known', { transferTo: ann }],
    ['asked for', { transferTo: null }],
  ])('goes by the credential of the last answer: %s', async (_, session) => {
    const { end } = await anAttempt({ known: lost }).run({
      look: inTurn(nobodyAsked),
      transferTo: inTurn(answered(chatSession(session), other)),
      ownerOf: async (by) => knownOwnerOf(by),
      knownOwnerOf,
    });

    expect(conclusionOf(end)).toMatchObject({ actingAs: ben });
  });

  it('goes by the last answer also where the call after it was not made', async () => {
    const { clock, run } = anAttempt({ leftMs: 1_000 });

    const { end } = await run({
      transferTo: async () => {
        clock.adjust(1_000);
        return timedOut;
      },
      look: inTurn<CallEnd<never>>({ kind: 'credential-refused' }),
      knownOwnerOf,
    });

    expect(conclusionOf(end)).toMatchObject({ outcome: 'unknown', actingAs: router });
  });
});
