import { describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import type { ChatSession } from '../../../../superoffice/chat-session.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { outcomesOf } from '../../../support/fake-queues.ts';
import { answered, refused } from '../../../support/fake-super-office.ts';
import { carrierRecord, offerEvent } from '../../../support/offer-sandbox.ts';
import { again, event, sandbox } from '../../../support/sandbox.ts';

/** A chat that shows who was asked last. */
function chat() {
  let session: Partial<ChatSession> = {};
  const show = (changes: Partial<ChatSession>) => {
    session = { ...session, ...changes };
    return answered(chatSession(session));
  };
  return {
    show,
    superOffice: {
      look: async () => show({}),
      transferTo: async (_: number, target: string) =>
        show({ transferTo: target === '9' ? ben : ann }),
    },
  };
}

/** SQS takes no carrier at first. */
function notAtFirst() {
  let sends = 0;
  return {
    sendCarrier: async () => {
      sends += 1;
      if (sends === 1) throw new Error('not sent');
    },
  };
}

const inGroup = (record: SQSRecord, MessageGroupId: string, sentAt: number): SQSRecord => ({
  ...record,
  attributes: { ...record.attributes, MessageGroupId, SentTimestamp: String(sentAt) },
});

describe('createRouteChat, of an offer that has asked and whose carrier SQS did not take', () => {
  it('lets no older event of its batch go over it, once its deadline is over, too', async () => {
    const { superOffice } = chat();
    const { receive, queues, clock, ...one } = sandbox({ superOffice, queues: notAtFirst() });
    const start = clock.now();
    const offer = offerEvent('offer', { toAssociate: '9', expiresInSeconds: 5 });
    const newer = inGroup(offer, 'a', start + 1_000);

    await clock.advance(3_000);
    expect(await receive(newer)).toEqual(['offer']);
    await clock.advance(4_000);
    await receive(inGroup(event('older'), 'b', start), again(newer, 2));

    expect(one.superOffice.calls).toEqual(['transfer 648 to 9']);
    expect(outcomesOf(queues)).toEqual(['older: superseded']);
    expect(queues.carriers).toHaveLength(1);
  });

  it('ends for a newer event of its batch, once its deadline is over, too', async () => {
    const { superOffice } = chat();
    const { receive, queues, clock } = sandbox({ superOffice, queues: notAtFirst() });
    const offer = offerEvent('offer');

    await clock.advance(297_000);
    await receive(offer);
    await clock.advance(3_500);
    await receive(again(offer, 2), inGroup(event('newer'), '648', clock.now() - 100));

    expect(outcomesOf(queues)).toEqual(['offer: superseded', 'newer: transfer-pending']);
  });

  it('goes before an event that yields', async () => {
    const { superOffice } = chat();
    const { receive, queues, clock } = sandbox({ superOffice, queues: notAtFirst() });
    const offer = offerEvent('offer', { yields: true });

    await receive(offer);
    await clock.advance(1_500);
    await receive(again(offer, 2), event('move', { yields: true }));

    expect(outcomesOf(queues)).toEqual(['move: not-applied']);
    expect(queues.carriers).toHaveLength(1);
  });

  it('goes on from whom another sandbox has asked since, though it had decided how to end', async () => {
    const { show, superOffice } = chat();
    const inQueue = { user: null, status: 'InQueue' };
    show(inQueue);
    const picksUp = { ...superOffice, pickUp: async () => show({ user: router, status: 'Open' }) };
    const one = sandbox({
      superOffice: { ...picksUp, transferTo: async () => refused(409) },
      queues: notAtFirst(),
    });
    const other = sandbox({ superOffice: picksUp });
    const offer = offerEvent('offer', { pickUp: true, ifNobody: 'return-to-queue' });

    expect(await one.receive(offer)).toEqual(['offer']);
    await Promise.all([one.clock.advance(2_000), other.clock.advance(2_000)]);
    await other.receive(again(offer, 2));
    await one.clock.advance(3_000);
    await one.receive(carrierRecord(other.queues.carriers.at(-1)));
    await one.receive(carrierRecord(one.queues.carriers.at(-1)));

    expect(outcomesOf(one.queues)).toEqual([]);
    expect(one.queues.carriers.map(({ deduplicationId }) => deduplicationId)).toEqual([
      'offer:300',
      'offer:400',
    ]);
  });
});
