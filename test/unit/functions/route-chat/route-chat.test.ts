import { describe, expect, it } from '@jest/globals';
import { invocationUntil } from '../../../../functions/route-chat/invocation.ts';
import { ann } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { sqsRecord } from '../../../support/events.ts';
import { outcomesOf } from '../../../support/fake-queues.ts';
import { answered, throttled } from '../../../support/fake-super-office.ts';
import { event, sandbox } from '../../../support/sandbox.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

const inThePast = new Date(startOfTime - 1_000).toISOString();
const inASecond = new Date(startOfTime + 1_000).toISOString();

const annAsked = (chatSessionId: number) =>
  answered(chatSession({ chatSessionId, transferTo: ann }));

describe('createRouteChat', () => {
  it('tells each event of a mixed batch exactly one result', async () => {
    const { receive, queues, superOffice } = sandbox();

    const goBack = await receive(
      sqsRecord({ messageId: 'broken', body: '{' }),
      event('late', { chatSessionId: 1, expiresAt: inThePast }),
      event('older', { chatSessionId: 2 }),
      event('newer', { chatSessionId: 2 }),
      event('alone', { chatSessionId: 3 }),
    );

    expect(goBack).toEqual([]);
    expect(superOffice.calls.toSorted()).toEqual(['transfer 2 to 8', 'transfer 3 to 8']);
    expect(outcomesOf(queues).toSorted()).toEqual([
      'alone: transfer-pending',
      'broken: invalid-event',
      'late: expired',
      'newer: transfer-pending',
      'older: superseded',
    ]);
  });

  it('tells what is wrong with an invalid event', async () => {
    const { receive, queues } = sandbox();

    await receive(sqsRecord({ body: { chatSessionId: 0, toAssociate: 8 } }));

    expect(queues.batches[0]?.[0]?.result).toMatchObject({
      outcome: 'invalid-event',
      error: { code: 'invalid-field', message: expect.stringMatching(/^chatSessionId/) },
    });
  });

  it('survives an empty batch', async () => {
    const { receive, queues } = sandbox();

    expect(await receive()).toEqual([]);
    expect(queues.batches).toEqual([]);
  });

  it('answers with those that have no result yet, and sets their visibility timeouts', async () => {
    const { receive, queues } = sandbox({
      superOffice: { transferTo: async (chat) => (chat === 1 ? throttled : annAsked(chat)) },
    });

    expect(
      await receive(event('a', { chatSessionId: 1 }), event('b', { chatSessionId: 2 })),
    ).toEqual(['a']);
    expect(outcomesOf(queues)).toEqual(['b: transfer-pending']);
    expect(queues.changed).toMatchObject([{ event: { messageId: 'a' }, seconds: 1 }]);
  });

  it('attempts chats side by side, and sends each result without waiting for the others', async () => {
    const sent: string[] = [];
    const { receive, clock } = sandbox({
      superOffice: {
        async transferTo(chat) {
          await clock.sleep(chat * 1_000);
          return annAsked(chat);
        },
      },
      queues: {
        async sendResults(results) {
          const ids = results.map(({ result }) => result.eventMessageId);
          sent.push(`${ids} after ${clock.now() - startOfTime} ms`);
          return results.map(() => 'sent');
        },
      },
    });

    await receive(event('slow', { chatSessionId: 5 }), event('quick', { chatSessionId: 1 }));

    expect(sent).toEqual(['quick after 1000 ms', 'slow after 5000 ms']);
  });

  it('lets calls start as long as their result could still be sent', async () => {
    const latestStarts: number[] = [];
    const { receive } = sandbox({
      superOffice: {
        async transferTo(chat, _, { latestStart }) {
          latestStarts.push(latestStart);
          return annAsked(chat);
        },
      },
    });

    await receive(event('a'));

    expect(latestStarts).toEqual([invocationUntil(startOfTime + 15_000).latestStart]);
  });

  it('lets a bug in one chat hold back no other, and reports it by name', async () => {
    const { receive, queues, report } = sandbox({
      superOffice: {
        async transferTo(chat) {
          if (chat === 1) throw new TypeError('secret text');
          return annAsked(chat);
        },
      },
    });

    expect(
      await receive(event('a', { chatSessionId: 1 }), event('b', { chatSessionId: 2 })),
    ).toEqual(['a']);
    expect(outcomesOf(queues)).toEqual(['b: transfer-pending']);
    expect(report.problems).toEqual(['an attempt broke off unexpectedly {"error":"TypeError"}']);
    expect(report.lines).toContainEqual(
      expect.objectContaining({ outcome: 'retry', error: 'unexpected' }),
    );
  });

  it('tries an event that meets a bug no longer than until its deadline', async () => {
    const { receive, queues, clock } = sandbox({
      superOffice: {
        async transferTo() {
          await clock.sleep(1_000);
          throw new TypeError('secret text');
        },
      },
    });

    expect(await receive(event('a', { expiresAt: inASecond }))).toEqual([]);
    expect(queues.batches[0]?.[0]?.result).toMatchObject({
      outcome: 'unknown',
      error: { code: 'unexpected' },
    });
  });

  it('writes its counts once, and answers once the pace allows the next call', async () => {
    const { receive, report, clock } = sandbox({
      superOffice: {
        async idle() {
          expect(report.flushed).toEqual([['Retry', 'Result', 'Outcome.transfer-pending']]);
          await clock.sleep(333);
        },
        transferTo: async (chat) => (chat === 2 ? throttled : annAsked(chat)),
      },
    });

    await receive(event('a', { chatSessionId: 1 }), event('b', { chatSessionId: 2 }));

    expect(clock.now() - startOfTime).toBe(333);
    expect(report.flushed).toHaveLength(1);
  });
});

describe('createRouteChat, of an event past its deadline', () => {
  it.each([
    ['at', new Date(startOfTime).toISOString()],
    ['after', inThePast],
  ])('lets it take no live event’s place: %s the deadline', async (_, expiresAt) => {
    const { receive, queues, superOffice } = sandbox();

    await receive(event('live'), event('late', { expiresAt }));

    expect(superOffice.calls).toEqual(['transfer 648 to 8']);
    expect(outcomesOf(queues).toSorted()).toEqual(['late: expired', 'live: transfer-pending']);
  });

  it('says expired, and makes no call, also where it gained receives without being live in any', async () => {
    const { receive, queues, superOffice } = sandbox();
    const expiresAt = new Date(startOfTime - 5_000).toISOString();

    await receive(event('late', { receiveCount: 4, expiresAt }));

    expect(superOffice.calls).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['late: expired']);
  });

  it('looks what is so where an earlier receive may have been in time, and lets it stand before older ones', async () => {
    const { receive, queues, superOffice } = sandbox({
      superOffice: { look: async (chat) => annAsked(chat) },
    });

    await receive(event('older'), event('late', { receiveCount: 2, expiresAt: inThePast }));

    expect(superOffice.calls).toEqual(['look 648']);
    expect(outcomesOf(queues)).toEqual(['older: superseded', 'late: transfer-pending']);
  });
});
