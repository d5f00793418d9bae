import { describe, expect, it } from '@jest/globals';
import { ann, ben } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { outcomesOf, takesAll } from '../../../support/fake-queues.ts';
import { answered, inTurn, throttled, timedOut } from '../../../support/fake-super-office.ts';
import { carrierRecord, offerEvent } from '../../../support/offer-sandbox.ts';
import { again, event, sandbox } from '../../../support/sandbox.ts';

const asked = (transferTo = ann) => answered(chatSession({ transferTo }));
const nobodyAsked = answered(chatSession());
const has = (user = ann) => answered(chatSession({ user }));

/** SQS does not take the first carrier. */
function failsOnce() {
  let sends = 0;
  return async () => {
    sends += 1;
    if (sends === 1) throw new Error('not sent');
  };
}

/** A sandbox that has asked ann, and the carrier it sent. */
async function askedAnn(given: Parameters<typeof sandbox>[0] = {}) {
  const one = sandbox(given);
  await one.receive(offerEvent('offer'));
  return { ...one, carrier: carrierRecord(one.queues.carriers.at(-1)) };
}

describe('createRouteChat, of an offer', () => {
  it('asks, sends a carrier, and is done with the event, untold', async () => {
    const { receive, queues, superOffice } = sandbox();

    expect(await receive(offerEvent('offer'))).toEqual([]);
    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(queues.carriers).toMatchObject([
      { messageGroupId: '648', deduplicationId: 'offer:100' },
    ]);
    expect(queues.batches).toEqual([]);
  });

  it('holds a carrier back until its look, for five seconds at most, without a word', async () => {
    const { receive, queues, clock, report, superOffice, carrier } = await askedAnn();
    const lines = report.lines.length;

    expect(await receive(carrier)).toEqual([carrier.messageId]);
    expect(queues.changed).toMatchObject([{ seconds: 5 }]);
    await clock.advance(7_900);
    await receive(again(carrier, 2));
    expect(queues.changed.at(-1)).toMatchObject({ seconds: 3 });
    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(report.lines).toHaveLength(lines);
    expect(report.counts).not.toContain('Retry');
  });

  it('tells who was asked, in the name of its event', async () => {
    const { receive, queues, clock, carrier } = await askedAnn({
      superOffice: { look: inTurn(nobodyAsked, has(ben)), transferTo: inTurn(asked(), asked(ben)) },
    });

    await clock.advance(10_000);
    expect(await receive(carrier)).toEqual([]);
    await clock.advance(10_000);
    expect(await receive(carrierRecord(queues.carriers.at(-1)))).toEqual([]);

    expect(outcomesOf(queues)).toEqual(['offer: assigned']);
    expect(queues.batches[0]?.[0]?.result).toMatchObject({
      toAssociate: '8',
      session: { user: { name: 'ben' } },
      offers: [
        { toAssociate: '8', answer: 'declined', endedAt: '2026-11-22T08:05:10.000Z' },
        { toAssociate: '9', answer: 'accepted', askedAt: '2026-11-22T08:05:10.000Z' },
      ],
    });
  });

  it('sends a step again, as it was, where SQS may not have it, and makes no call', async () => {
    const { receive, queues, superOffice } = sandbox({ queues: { sendCarrier: failsOnce() } });
    const offer = offerEvent('offer');

    expect(await receive(offer)).toEqual(['offer']);
    expect(await receive(again(offer, 2))).toEqual([]);
    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(queues.carriers).toHaveLength(1);
  });

  it('goes on from the furthest of two records of one offer; the other is deleted untold', async () => {
    const { receive, queues, carrier } = await askedAnn();

    expect(await receive(again(offerEvent('offer'), 2), carrier)).toEqual([carrier.messageId]);
    expect(queues.deleted).toEqual(['offer']);
    expect(queues.batches).toEqual([]);
  });

  it('drops an earlier record of an offer that it has seen go on', async () => {
    const { receive, queues, superOffice, clock, carrier } = await askedAnn({
      superOffice: { look: async () => asked() },
    });
    await clock.advance(10_000);
    await receive(carrier);
    const calls = superOffice.calls.length;

    expect(await receive(again(offerEvent('offer'), 2))).toEqual([]);
    expect(superOffice.calls).toHaveLength(calls);
    expect(queues.carriers).toHaveLength(2);
  });

  it('finds whom it asked, where a sandbox died before its carrier', async () => {
    const { receive, queues, superOffice } = sandbox({
      superOffice: { look: async () => asked(ben) },
    });

    expect(await receive(again(offerEvent('offer'), 2))).toEqual([]);
    expect(superOffice.calls).toEqual(['look 648']);
    expect(queues.carriers).toMatchObject([{ deduplicationId: 'offer:100' }]);
  });

  it('sends its own step, where another sandbox has sent one that is not as far', async () => {
    const { receive, queues } = sandbox({
      superOffice: { transferTo: inTurn(nobodyAsked, asked(ben)) },
      queues: { sendCarrier: failsOnce() },
    });
    const other = sandbox({ superOffice: { look: async () => asked(ben) } });
    await receive(offerEvent('offer'));
    await other.receive(again(offerEvent('offer'), 2));

    expect(await receive(carrierRecord(other.queues.carriers.at(-1)))).toEqual([]);
    expect(queues.carriers).toMatchObject([{ deduplicationId: 'offer:200' }]);
  });

  it('lets a carrier of a later version go back', async () => {
    const { receive, queues, report, carrier } = await askedAnn();
    const later = { ...carrier, body: carrier.body.replace('"version":1', '"version":2') };

    expect(await receive(later)).toEqual([carrier.messageId]);
    expect(queues.changed).toMatchObject([{ seconds: 5 }]);
    expect(report.problems).toEqual(['a carrier of a later version goes back {}']);
  });

  it('answers a forged carrier as an event that breaks the schema', async () => {
    const { receive, queues, carrier } = await askedAnn();
    const attributes = { ...carrier.attributes, SenderId: 'AIDAPRODUCER' };

    expect(await receive({ ...carrier, attributes })).toEqual([]);
    expect(outcomesOf(queues)).toEqual([`${carrier.messageId}: invalid-event`]);
  });

  it('asks the next one in the same receive, where asking the first does nothing', async () => {
    const { receive, superOffice, queues } = sandbox({
      superOffice: { transferTo: inTurn(nobodyAsked, asked(ben)) },
    });

    await receive(offerEvent('offer'));

    expect(superOffice.calls).toEqual(['transfer 648 to 8', 'ask owner', 'transfer 648 to 9']);
    expect(queues.carriers).toMatchObject([{ deduplicationId: 'offer:200' }]);
  });

  it('comes back to the one it was asking, without asking the first once more', async () => {
    const { receive, superOffice } = sandbox({
      superOffice: { transferTo: inTurn(nobodyAsked, throttled, asked(ben)) },
    });
    const offer = offerEvent('offer');

    expect(await receive(offer)).toEqual(['offer']);
    expect(await receive(again(offer, 2))).toEqual([]);
    expect(superOffice.calls.slice(2)).toEqual(['transfer 648 to 9', 'transfer 648 to 9']);
  });

  it('picks up first, and says so', async () => {
    const { receive, superOffice, queues } = sandbox({
      superOffice: {
        look: async () => answered(chatSession({ user: null, status: 'InQueue' })),
        transferTo: async () => has(),
      },
    });

    await receive(offerEvent('offer', { pickUp: true }));

    expect(superOffice.calls).toEqual(['look 648', 'pick up 648', 'transfer 648 to 8']);
    expect(queues.batches[0]?.[0]?.result).toMatchObject({ outcome: 'assigned', pickedUp: true });
  });

  it('puts the chat back into its queue where nobody accepts, after a look', async () => {
    const { receive, superOffice, queues, clock, carrier } = await (async () => {
      const one = sandbox({ superOffice: { look: async () => nobodyAsked } });
      const fallbackAssociates = ['8'];
      await one.receive(offerEvent('offer', { ifNobody: 'return-to-queue', fallbackAssociates }));
      return { ...one, carrier: carrierRecord(one.queues.carriers.at(-1)) };
    })();
    await clock.advance(10_000);
    await receive(carrier);

    await receive(carrierRecord(queues.carriers.at(-1)));

    expect(superOffice.calls.slice(1)).toEqual(['look 648', 'look 648', 'reset 648']);
    expect(outcomesOf(queues)).toEqual(['offer: declined']);
  });
});

describe('createRouteChat, of an offer and a newer wish', () => {
  it('ends the offer after a look, then tries the newer one', async () => {
    const { receive, superOffice, queues, carrier } = await askedAnn({
      superOffice: { look: async () => asked() },
    });

    expect(await receive(carrier, event('newer'))).toEqual([]);
    expect(superOffice.calls.slice(1)).toEqual(['look 648', 'transfer 648 to 8']);
    expect(outcomesOf(queues)).toEqual(['offer: superseded', 'newer: transfer-pending']);
    expect(queues.batches[0]?.[0]?.result.offers).toMatchObject([{ answer: 'withdrawn' }]);
  });

  it('tells assigned what was accepted', async () => {
    const { receive, queues, carrier } = await askedAnn({
      superOffice: { look: async () => has() },
    });

    await receive(carrier, event('newer'));

    expect(outcomesOf(queues)[0]).toBe('offer: assigned');
  });

  it('keeps both where the look fails', async () => {
    const { receive, superOffice, carrier } = await askedAnn({
      superOffice: { look: async () => timedOut },
    });

    expect(await receive(carrier, event('newer'))).toEqual([carrier.messageId, 'newer']);
    expect(superOffice.calls.slice(1)).toEqual(['look 648']);
  });

  it('does not keep a newer one that has little time left', async () => {
    const { receive, queues, clock, carrier } = await askedAnn({
      superOffice: { look: async () => timedOut },
    });
    const expiresAt = new Date(clock.now() + 29_000).toISOString();

    expect(await receive(carrier, event('newer', { expiresAt }))).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['offer: superseded', 'newer: transfer-pending']);
  });

  it('remembers a newer one that came between the offer and its carrier', async () => {
    const { receive, queues, superOffice, carrier } = await askedAnn({
      superOffice: { look: async () => nobodyAsked },
    });
    await receive(event('newer', { sequenceNumber: 2_000_000 }));

    expect(await receive(carrier)).toEqual([]);
    expect(superOffice.calls.slice(1)).toEqual(['transfer 648 to 8', 'look 648']);
    expect(outcomesOf(queues)).toEqual(['newer: transfer-pending', 'offer: superseded']);
  });

  it('lets a dry run pass it by', async () => {
    const { receive, queues, carrier } = await askedAnn();

    expect(await receive(carrier, event('dry', { dryRun: true }))).toEqual([carrier.messageId]);
    expect(outcomesOf(queues)).toEqual(['dry: would-transfer']);
  });

  it('lets an event that yields go, without a call', async () => {
    const { receive, queues, superOffice, carrier } = await askedAnn();

    expect(await receive(carrier, event('yielding', { yields: true }))).toEqual([
      carrier.messageId,
    ]);
    expect(superOffice.calls).toHaveLength(1);
    expect(queues.batches[0]?.[0]?.result).toMatchObject({
      outcome: 'not-applied',
      cause: 'other-transfer-pending',
    });
  });
});

describe('createRouteChat, of an event that yields', () => {
  it('is superseded by one that does not, though that be older', async () => {
    const { receive, queues } = sandbox({ queues: { sendResults: takesAll } });

    await receive(event('firm'), event('yielding', { yields: true }));

    expect(outcomesOf(queues)).toEqual(['yielding: superseded', 'firm: transfer-pending']);
  });

  it('looks before it asks', async () => {
    const { receive, superOffice } = sandbox();

    await receive(event('yielding', { yields: true }));

    expect(superOffice.calls).toEqual(['look 648', 'transfer 648 to 8']);
  });
});
