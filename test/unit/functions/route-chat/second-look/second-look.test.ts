import { describe, expect, it } from '@jest/globals';
import { toCarrier } from '../../../../../functions/route-chat/carrier.ts';
import { newOffer } from '../../../../../functions/route-chat/offer.ts';
import { createSecondLook } from '../../../../../functions/route-chat/second-look/second-look.ts';
import type { SuperOffice } from '../../../../../superoffice/client.ts';
import { ann, ben, router } from '../../../../support/associates.ts';
import { chatSession } from '../../../../support/chat-session.ts';
import { routeRequest, sqsRecord } from '../../../../support/events.ts';
import { fakeQueues, outcomesOf, takesAll, takesNone } from '../../../../support/fake-queues.ts';
import { fakeReport } from '../../../../support/fake-report.ts';
import {
  answered,
  fakeSuperOffice,
  refused,
  timedOut,
} from '../../../../support/fake-super-office.ts';
import { createVirtualClock, startOfTime } from '../../../../support/virtual-clock.ts';

/** A second look; `look` is what SuperOffice answers it. */
function aSecondLook(given: Partial<SuperOffice> = {}) {
  const clock = createVirtualClock();
  const faults = { sendResults: takesAll };
  const queues = fakeQueues({ sendResults: (results) => faults.sendResults(results) });
  const report = fakeReport();
  const superOffice = fakeSuperOffice(given);
  const secondLook = createSecondLook({ superOffice, queues, report, clock }, { roleId: 'AROA' });
  const lookAt = (...records: ReturnType<typeof sqsRecord>[]) =>
    clock.until(secondLook(records, clock.now() + 15_000));
  return { clock, queues, report, superOffice, faults, lookAt };
}

/** An event to which its own clock would leave an hour, as SQS counts it first received just now. */
const deadLetter = (
  body: unknown = { chatSessionId: 648, toAssociate: 8, expiresInSeconds: 3600 },
) =>
  sqsRecord({
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(startOfTime + 60_000),
    },
  });

describe('createSecondLook', () => {
  it.each<[string, Partial<SuperOffice>, object]>([
    [
      'the associate is asked',
      { look: async () => answered(chatSession({ transferTo: ann })) },
      { outcome: 'transfer-pending' },
    ],
    [
      'the associate has it',
      { look: async () => answered(chatSession({ user: ann })) },
      { outcome: 'assigned' },
    ],
    [
      'somebody else is asked',
      { look: async () => answered(chatSession({ transferTo: ben })) },
      { outcome: 'not-applied', cause: 'other-transfer-pending' },
    ],
    [
      'it has ended',
      { look: async () => answered(chatSession({ status: 'Closed' })) },
      { outcome: 'not-applied', cause: 'ended' },
    ],
    [
      'nobody is asked, which proves nothing',
      { look: async () => answered(chatSession({ user: router })) },
      { outcome: 'unknown', error: { code: 'interrupted' } },
    ],
    [
      'no session, which proves nothing',
      { look: async () => answered(null) },
      { outcome: 'unknown', error: { code: 'interrupted' } },
    ],
    [
      'no answer',
      { look: async () => timedOut },
      { outcome: 'unknown', error: { code: 'timeout' } },
    ],
    ['a refusal', { look: async () => refused(403) }, { outcome: 'unknown' }],
    [
      'an answer that breaks our code',
      { look: () => Promise.reject(new TypeError('x')) },
      { outcome: 'unknown', error: { code: 'unexpected' } },
    ],
  ])('tells, and transfers nothing, where SuperOffice shows: %s', async (_, given, result) => {
    const { lookAt, queues, superOffice, report } = aSecondLook(given);

    expect(await lookAt(deadLetter())).toEqual({ batchItemFailures: [] });

    expect(queues.batches.flat().map((sent) => sent.result)).toMatchObject([result]);
    expect(superOffice.calls).not.toContainEqual(expect.stringMatching('transfer'));
    expect(report.flushed.flat()).toContain('DeadLetter');
  });

  it.each<[string, ReturnType<typeof chatSession>, string]>([
    ['accepted', chatSession({ user: ann }), 'assigned'],
    ['asked still', chatSession({ transferTo: ann }), 'unknown'],
    ['asked no more', chatSession(), 'unknown'],
  ])('tells what came of an offer: %s', async (_, session, outcome) => {
    const { lookAt, queues, superOffice } = aSecondLook({ look: async () => answered(session) });

    await lookAt(deadLetter({ chatSessionId: 648, toAssociate: 8, acceptWithinSeconds: 60 }));

    expect(outcomesOf(queues)).toEqual([`message-1: ${outcome}`]);
    expect(superOffice.calls).toEqual(['look 648']);
  });

  it('tells what came of an offer by its carrier: the result is that of the event it stands for', async () => {
    const { lookAt, queues } = aSecondLook({
      look: async () => answered(chatSession({ user: ann })),
    });
    const event = { chatSessionId: 648, toAssociate: '8', acceptWithinSeconds: 60 };
    const offer = { ...newOffer(event), asked: [], rest: [], ownerId: router.associateId };
    const original = routeRequest({ messageId: 'original', event });
    const carrierOf = (SenderId: string) =>
      sqsRecord({ body: toCarrier(original, offer).body, attributes: { SenderId } });

    await lookAt(carrierOf('AROA:function'));
    await lookAt(carrierOf('AIDA-producer'));

    const [told, forged] = queues.batches.flat().map(({ result }) => result);
    expect(told).toMatchObject({ eventMessageId: 'original' });
    expect(forged).toMatchObject({ eventMessageId: 'message-1', outcome: 'invalid-event' });
  });

  it('tells of a body that is no event what is wrong with it', async () => {
    const { lookAt, queues, superOffice } = aSecondLook();

    await lookAt(deadLetter('{'));

    expect(outcomesOf(queues)).toEqual(['message-1: invalid-event']);
    expect(superOffice.calls).toEqual([]);
  });

  it('tells each of a chat’s dead letters, the older ones too', async () => {
    const { lookAt, queues } = aSecondLook();

    await lookAt(
      deadLetter(),
      sqsRecord({ messageId: 'message-2', body: { chatSessionId: 648, toAssociate: 9 } }),
    );

    expect(outcomesOf(queues)).toEqual(['message-1: unknown', 'message-2: unknown']);
  });

  it('leaves what it cannot tell where it is, in no hurry, and then only tells it again', async () => {
    const { lookAt, queues, faults, superOffice, report, clock } = aSecondLook();
    faults.sendResults = takesNone;
    const left = await lookAt(deadLetter());
    expect(left).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(queues.changed).toEqual([]);
    expect(report.flushed.flat()).not.toContain('DeadLetter');
    const sent = queues.batches.splice(0).flat();
    superOffice.calls.length = 0;
    faults.sendResults = takesAll;
    await clock.advance(90_000);

    await lookAt(deadLetter());

    expect(superOffice.calls).toEqual([]);
    expect(queues.batches.flat()[0]?.result).toEqual(sent[0]?.result);
  });

  it('leaves what it has no time to look at', async () => {
    const { lookAt } = aSecondLook({ look: async () => ({ kind: 'out-of-time' }) });

    expect(await lookAt(deadLetter())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });

  it('changes nothing in SuperOffice, whatever the table may say', async () => {
    // As if its time were not over: the sandbox's clock is set back all the while.
    const { lookAt, queues, superOffice, clock } = aSecondLook({ look: async () => refused(403) });
    let reads = 0;
    clock.now = () => -reads++;

    await lookAt(deadLetter());

    expect(superOffice.calls).toEqual(['look 648']);
    expect(outcomesOf(queues)).toEqual(['message-1: unknown']);
  });
});
