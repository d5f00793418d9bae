import { describe, expect, it } from '@jest/globals';
import type { RouteChatEvent } from '../../../../contract/event.ts';
import { nothingKnown, perhapsApplied } from '../../../../functions/route-chat/decide.ts';
import type { Remembered, RememberedOffer } from '../../../../functions/route-chat/memory.ts';
import { newOffer, type Offer } from '../../../../functions/route-chat/offer.ts';
import { graceMs } from '../../../../functions/route-chat/offer-step.ts';
import {
  endOffer,
  furthestRecords,
  hasBegun,
  receiveOffer,
} from '../../../../functions/route-chat/receive-offer.ts';
import type { RouteRequest } from '../../../../functions/route-chat/received-event.ts';
import type { SuperOffice } from '../../../../superoffice/client.ts';
import { invocation, routeRequest } from '../../../support/events.ts';
import {
  fakeSuperOffice,
  inTurn,
  throttled,
  timedOut,
} from '../../../support/fake-super-office.ts';
import { endsAt, running } from '../../../support/offers.ts';
import { createVirtualClock, startOfTime } from '../../../support/virtual-clock.ts';

const lost = perhapsApplied(nothingKnown);
const offered: RouteChatEvent = { chatSessionId: 648, toAssociate: '8', acceptWithinSeconds: 60 };
const comesBack = { kind: 'come-back' };
const superseded = { kind: 'concluded', conclusion: { outcome: 'superseded' } };

/** A record of the offer: of its event, or of a carrier with what is known of it. */
const record = (given: Partial<RouteRequest> & { offer?: Offer; recordId?: string } = {}) => {
  const { offer, recordId = 'carrier-1', ...fields } = given;
  const carrier = offer && { carrier: { recordId, sequenceNumber: '9', offer } };
  return routeRequest({ event: offered, ...carrier, ...fields });
};

/** A sandbox that knows this of the offer. */
function knowing(given: Partial<Remembered> & { superOffice?: Partial<SuperOffice> } = {}) {
  const { known = nothingKnown, offer } = given;
  const clock = createVirtualClock();
  const superOffice = fakeSuperOffice(given.superOffice);
  const remembered: Remembered = { known, ...(offer && { offer: { ...offer } }) };
  const ports = { superOffice, clock };
  return {
    clock,
    remembered,
    calls: superOffice.calls,
    receive: (request: RouteRequest) => receiveOffer({ ...request, remembered }, invocation, ports),
    end: (request: RouteRequest, newest?: RouteRequest) =>
      endOffer(
        { ...request, remembered },
        { said: { outcome: 'superseded' }, ...(newest && { newest }) },
        invocation,
        ports,
      ),
  };
}

describe('hasBegun', () => {
  const offer = { recordId: 'x', recordStep: 0, receiveCount: 1, state: running };

  it.each<[string, boolean, RouteRequest, Remembered]>([
    ['was never tried', false, record(), { known: nothingKnown }],
    ['comes in a carrier', true, record({ offer: running }), { known: nothingKnown }],
    ['is remembered', true, record(), { known: nothingKnown, offer }],
    ['may have been tried elsewhere', true, record(), { known: lost }],
    ['is none', false, routeRequest(), { known: lost }],
  ])('tells of an offer that %s: %s', (_, is, request, remembered) => {
    expect(hasBegun({ ...request, remembered })).toBe(is);
  });
});

describe('furthestRecords', () => {
  const first = record();
  const second = record({ offer: running });
  const third = record({ offer: { ...running, looks: 1 } });
  const another = record({ messageId: 'message-2' });

  it.each([
    [[first, second, third], third, [first, second]],
    [[third, second, first], third, [second, first]],
    [[second, third, first], third, [second, first]],
    [[first], first, []],
  ])('keeps of each offer the furthest record, wherever it stands', (records, kept, surplus) => {
    expect(furthestRecords([...records, another])).toEqual({ furthest: [kept, another], surplus });
  });
});

describe('receiveOffer', () => {
  it('sends its carrier until it is known to be sent, and asks once', async () => {
    const { receive, calls } = knowing();
    const message = expect.objectContaining({ deduplicationId: 'message-1:100' });
    const onSent = expect.any(Function);

    expect(await receive(record())).toEqual({ kind: 'carry-on', message, onSent });
    const repeat = await receive(record({ receiveCount: 2 }));
    expect(repeat).toEqual({ kind: 'carry-on', message, onSent });
    if (repeat.kind === 'carry-on') repeat.onSent();
    expect(await receive(record({ receiveCount: 3 }))).toEqual({ kind: 'carried-on' });
    expect(await receive(record({ receiveCount: 7 }))).toEqual({ kind: 'carried-on' });
    expect(calls).toEqual(['transfer 648 to 8']);
  });

  it.each([
    ['may have', lost, { pickUp: true }, { hasPerhapsAsked: true, pickedUp: 'perhaps' }],
    ['may have', lost, {}, { hasPerhapsAsked: true, pickedUp: 'no' }],
    ['has not', nothingKnown, { pickUp: true }, { hasPerhapsAsked: false, pickedUp: 'no' }],
  ])('begins an offer for which another sandbox %s called: %#', async (_, known, fields, state) => {
    const event = { ...offered, ...fields };
    const superOffice = { look: inTurn(timedOut), transferTo: inTurn(throttled) };
    const { receive, remembered } = knowing({ known, superOffice });

    expect(await receive(record({ event }))).toMatchObject(comesBack);
    expect(remembered.offer?.state).toEqual({ ...newOffer(event), ...state });
  });

  it('takes an offer that comes in a carrier as that says', async () => {
    const { receive, remembered } = knowing({ known: lost });

    expect(await receive(record({ offer: running }))).toEqual({ kind: 'hold', seconds: 5 });
    expect(remembered.offer?.state).toEqual(running);
  });
});

describe('receiveOffer, of one that it remembers', () => {
  const state: Offer = { ...running, looks: 3 };
  const last: RememberedOffer = { recordId: 'carrier-1', recordStep: 100, receiveCount: 4, state };
  const message = { body: '', messageGroupId: '648', deduplicationId: 'message-1:103' };
  const unsent = { ...last, next: { message, isSent: false } };
  const further: Offer = { ...running, looks: 4 };

  it.each<[string, RememberedOffer, Parameters<typeof record>[0], string, Offer]>([
    ['its next receive', last, { receiveCount: 5 }, 'hold', state],
    ['another record of that step', last, { recordId: 'x' }, 'hold', running],
    ['a further record', unsent, { recordId: 'x', offer: further }, 'hold', further],
    ['another record, not as far as its own', unsent, { recordId: 'x' }, 'carry-on', state],
  ])('goes on from where it is: %s', async (_, offer, given, kind, is) => {
    const { receive, remembered } = knowing({ offer });

    expect(await receive(record({ offer: running, ...given }))).toMatchObject({ kind });
    expect(remembered.offer?.state).toEqual(is);
  });

  it('leaves an earlier record to the one that it knows', async () => {
    const { receive, remembered, calls } = knowing({ offer: last });

    expect(await receive(record({ receiveCount: 2 }))).toEqual({ kind: 'carried-on' });
    expect(remembered.offer).toEqual(last);
    expect(calls).toEqual([]);
  });
});

describe('endOffer', () => {
  const newer = (leftMs: number) => record({ deadline: startOfTime + leftMs });

  it.each<[string, number, RouteRequest | undefined, object]>([
    ['comes back within its grace', endsAt + graceMs - 1, undefined, comesBack],
    ['ends once that is over', endsAt + graceMs, undefined, superseded],
    ['comes back while the newer event has time', startOfTime, newer(30_000), comesBack],
    ['ends once that has little left', startOfTime, newer(29_999), superseded],
  ])('where a look fails: %s', async (_, now, newest, end) => {
    const one = knowing({ superOffice: { look: inTurn(timedOut) } });
    one.clock.adjust(now - startOfTime);

    expect(await one.end(record({ offer: running }), newest)).toMatchObject(end);
  });

  it('ends from an earlier record what has gone on in a later one', async () => {
    const { receive, end, calls } = knowing();
    await receive(record({ offer: running }));

    expect(await end(record({ receiveCount: 2 }))).toMatchObject({
      conclusion: { offer: { asked: [{ toAssociate: '8', answer: 'declined' }] } },
    });
    expect(calls).toEqual(['look 648']);
  });
});
