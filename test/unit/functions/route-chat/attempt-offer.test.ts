import { describe, expect, it } from '@jest/globals';
import type { RouteChatEvent } from '../../../../contract/event.ts';
import { attemptOffer } from '../../../../functions/route-chat/attempt-offer.ts';
import {
  type Known,
  nothingKnown,
  perhapsApplied,
  type Said,
  type Saw,
  toConclusion,
} from '../../../../functions/route-chat/decide.ts';
import type { RememberedOffer } from '../../../../functions/route-chat/memory.ts';
import type { Offer } from '../../../../functions/route-chat/offer.ts';
import type { OfferSaw, OfferStep } from '../../../../functions/route-chat/offer-step.ts';
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
import { declined, error, running, starting } from '../../../support/offers.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const lost = perhapsApplied(nothingKnown);
const deadline = startOfTime + 300_000;
const session = chatSession();

const look: OfferStep = { do: 'look', offer: running };
const pickUp: OfferStep = { do: 'pick-up', offer: starting };
const reset: OfferStep = { do: 'reset', offer: running };
const askOwner: OfferStep = { do: 'ask-owner', session, offer: running };
const comeBack: OfferStep = { do: 'come-back', error, offer: running };
const ask = (toAssociate: string, offer: Offer, saw: Saw = { kind: 'received' }): OfferStep => ({
  do: 'ask',
  toAssociate,
  before: startOfTime + 60_000,
  saw,
  offer,
});
const tell = (said: Said): OfferStep => ({
  do: 'tell',
  conclusion: toConclusion(said),
  offer: running,
});

/** One receive to come, whose table says these steps in turn, then that it comes back. */
function aReceive(given: { event?: Partial<RouteChatEvent>; known?: Known; asking?: string } = {}) {
  const { event, known = nothingKnown, asking } = given;
  const remembered = { known };
  const offer: RememberedOffer = {
    recordId: 'message-1',
    recordStep: 0,
    receiveCount: 1,
    state: starting,
    ...(asking && { asking }),
  };
  return {
    offer,
    async run(steps: OfferStep[], answers: Partial<SuperOffice> = {}) {
      const saws: OfferSaw[] = [];
      const superOffice = fakeSuperOffice(answers);
      const end = await attemptOffer(
        routeRequest({ deadline, event: { chatSessionId: 648, toAssociate: '8', ...event } }),
        { remembered, offer },
        (_, saw) => {
          saws.push(saw);
          return steps.shift() ?? comeBack;
        },
        invocation,
        { superOffice, clock: createVirtualClock() },
      );
      return { end, saws: saws.slice(1), calls: superOffice.calls };
    },
  };
}

describe('attemptOffer', () => {
  const timeout = { code: 'timeout' };
  const forbidden = { code: 'http-403', httpStatus: 403 };

  it.each<[string, OfferStep, CallEnd<never> | ReturnType<typeof answered>, object]>([
    ['look', look, answered(session), { kind: 'session', by: 'look', session }],
    ['pickUp', pickUp, answered(session), { kind: 'picked-up', session }],
    ['pickUp', pickUp, refused(403), { kind: 'pick-up-refused', error: forbidden }],
    ['pickUp', pickUp, timedOut, { kind: 'pick-up-failed', error: timeout, perhapsApplied: true }],
    [
      'pickUp',
      pickUp,
      throttled,
      { kind: 'pick-up-failed', error: { code: 'throttled' }, perhapsApplied: false },
    ],
    ['reset', reset, answered(null), { kind: 'reset', session: null }],
    ['reset', reset, refused(403), { kind: 'reset-refused', error: forbidden }],
    ['reset', reset, timedOut, { kind: 'reset-failed', error: timeout }],
  ])('feeds back to its table how a %s has ended', async (call, step, callEnd, saw) => {
    const { saws } = await aReceive().run([step], { [call]: inTurn(callEnd) });

    expect(saws).toMatchObject([saw]);
  });

  it('lets each call start no later than the invocation says, and yield as the event does', async () => {
    const limits: unknown[] = [];
    const note =
      <Value>(value: Value) =>
      async (...args: unknown[]) => {
        limits.push(args.at(-1));
        return value;
      };
    const { latestStart } = invocation;

    await aReceive({ event: { yields: true } }).run(
      [look, pickUp, ask('9', starting, { kind: 'session', by: 'look', session }), reset, askOwner],
      {
        look: note(answered(session)),
        pickUp: note(answered(session)),
        transferTo: note(answered(chatSession({ transferTo: ben }))),
        reset: note(answered(null)),
        ownerOf: note(router),
      },
    );

    expect(limits).toEqual([
      { latestStart, yields: true },
      { latestStart, yields: true, deadline },
      { latestStart, yields: true, deadline: startOfTime + 60_000 },
      { latestStart, yields: true },
      { latestStart },
    ]);
  });

  it('counts the chat as perhaps picked up before the call leaves', async () => {
    const { offer, run } = aReceive();
    const breaksOff = () => Promise.reject(new Error('a bug'));

    await expect(run([pickUp], { pickUp: breaksOff })).rejects.toThrow();

    expect(offer.state).toEqual({ ...starting, pickedUp: 'perhaps' });
  });

  it.each<[string, OfferStep, object]>([
    ['comes back', comeBack, { kind: 'come-back', error }],
    ['carries on', { do: 'carry-on', offer: running }, { kind: 'carry-on', offer: running }],
  ])('%s as its table says, and keeps what is known then', async (_, step, expected) => {
    const { offer, run } = aReceive();

    expect(await run([step])).toMatchObject({ end: expected, calls: [] });
    expect(offer.state).toBe(running);
  });
});

describe('attemptOffer, in asking', () => {
  const annAsked = answered(chatSession({ transferTo: ann }));
  const pending = { kind: 'ask-ended', conclusion: { outcome: 'transfer-pending' } };

  it.each<[string, string, Offer, string | undefined, string]>([
    ['the first one may have been asked', '8', starting, undefined, 'look 648'],
    ['the next one may have been asked', '9', declined, '9', 'look 648'],
    ['the next one was never asked', '9', declined, '8', 'transfer 648 to 9'],
    ['nor was anybody by this receive', '9', declined, undefined, 'transfer 648 to 9'],
  ])('goes by what is known of whom it asks: %s', async (_, whom, offer, asking, first) => {
    const one = aReceive({ known: lost, ...(asking && { asking }) });

    expect((await one.run([ask(whom, offer)])).calls[0]).toBe(first);
    expect(one.offer.asking).toBe(whom);
  });

  it.each<[string, Known, CallEnd<never> | ReturnType<typeof answered>, object]>([
    ['that they are asked', nothingKnown, annAsked, { ...pending, perhapsApplied: false }],
    ['that they may have been before', lost, annAsked, { ...pending, perhapsApplied: true }],
    ['that it is open', nothingKnown, throttled, { kind: 'ask-open', error: { httpStatus: 429 } }],
  ])('feeds back to its table %s', async (_, known, transferTo, saw) => {
    const { saws } = await aReceive({ known }).run([ask('8', starting)], {
      transferTo: inTurn(transferTo),
    });

    expect(saws).toMatchObject([saw]);
  });
});

describe('attemptOffer, in telling whose credential it was', () => {
  const notApplied = { outcome: 'not-applied' } as const;

  it.each<[string, OfferStep[], object | null, string[]]>([
    ['what is known', [look, tell({ outcome: 'assigned' })], ben, ['look 648']],
    [
      'who it turned out to be',
      [look, tell({ outcome: 'assigned', actingAs: ann })],
      ann,
      ['look 648'],
    ],
    ['the same', [look, tell({ ...notApplied, actingAs: ann })], ann, ['look 648']],
    [
      'who it is, where nothing came of it',
      [look, tell(notApplied)],
      router,
      ['look 648', 'ask owner'],
    ],
    ['nobody, where no call was made', [tell(notApplied)], null, []],
    ['nobody, where no call was made', [tell({ outcome: 'superseded' })], null, []],
  ])('says %s', async (_, steps, actingAs, calls) => {
    const ran = await aReceive().run(steps, { knownOwnerOf: () => ben });

    expect(ran.calls).toEqual(calls);
    expect(ran.end).toMatchObject({ kind: 'concluded', conclusion: { actingAs, offer: running } });
  });

  it.each<[string, OfferStep[], object | null]>([
    ['of the last answer', [look, askOwner], router],
    ['of the last answer, though a later call was not made', [look, reset, askOwner], router],
    ['of none, where no call was made', [reset, askOwner], null],
  ])('asks whose it is: %s', async (_, steps, owner) => {
    const { saws } = await aReceive().run(steps, {
      reset: inTurn(outOfTime),
      ownerOf: async (by) => (by === credential ? router : null),
    });

    expect(saws.at(-1)).toEqual({ kind: 'owner', owner, session });
  });
});
