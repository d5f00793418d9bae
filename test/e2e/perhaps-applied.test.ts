import { describe, expect, it } from '@jest/globals';
import { always, firstOf, inTurn, onRoute } from '../../stand-ins/superoffice/faults.ts';
import { invokeByHand, receiveAgain, receiveByHand } from '../support/by-hand.ts';
import { deployments } from '../support/deployed.ts';

const chat = 640;
const lost = { kind: 'apply-then', fault: { kind: 'reset' } } as const;
const refusal = (status: number) => ({ kind: 'status', status, body: 'json' }) as const;

/** What SQS says of messages: changed by a clock that is off, or by an earlier receive. */
const attributes = (said: { clockOffMs?: number; earlierReceiveAt?: number }) => ({
  edit({ Records }: { Records: { attributes: Record<string, string> }[] }) {
    const { clockOffMs = 0, earlierReceiveAt } = said;
    for (const { attributes: each } of Records) {
      const firstReceivedAt = earlierReceiveAt ?? Number(each.ApproximateFirstReceiveTimestamp);
      each.ApproximateFirstReceiveTimestamp = String(firstReceivedAt + clockOffMs);
      each.SentTimestamp = String(Number(each.SentTimestamp) + clockOffMs);
      if (earlierReceiveAt !== undefined) each.ApproximateReceiveCount = '2';
    }
  },
});

describe('a transfer that may have been applied', () => {
  const start = deployments();

  it.concurrent('is unknown where SuperOffice lets nobody look, and refuses when asked again', async () => {
    const stack = await start();
    stack.superOffice.setFault(
      firstOf(
        onRoute('transfer', inTurn(lost, refusal(409))),
        onRoute('session', always(refusal(403))),
      ),
    );

    const [id] = await stack.send([{ chatSessionId: chat, toAssociate: 'ann' }]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'http-409', httpStatus: 409 },
    });
    expect(stack.transfersOf(chat)).toEqual([{ target: 'ann', applied: true }]);
  });

  it.concurrent.each([
    ['ahead of', 120_000],
    ['behind', -120_000],
  ])(
    'is never called expired by the sandbox that made it, where the clock of SQS is %s its own',
    async (_, clockOffMs) => {
      const stack = await start();
      stack.superOffice.setFault(onRoute('transfer', inTurn(lost)));
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      const messages = receiveByHand(stack, [
        { chatSessionId: chat, toAssociate: 'ann', expiresAt },
      ]);

      const left = await invokeByHand(stack, messages, {
        ...attributes({ clockOffMs }),
        hold: true,
      });
      expect(left).toHaveLength(1);
      stack.setClock(60_000);
      await invokeByHand(stack, receiveAgain(stack, messages), attributes({ clockOffMs }));

      expect(await stack.result(messages[0]?.messageId)).toMatchObject({
        outcome: 'transfer-pending',
      });
      expect(stack.callsOf(chat)).toEqual(['transfer', 'session']);
    },
  );

  it.concurrent.each([
    [4_000, 'transfer-pending', ['session']],
    [10_000, 'expired', []],
  ])(
    'by another sandbox is not called expired, unless SQS first handed it out well after its deadline: %i ms',
    async (lateMs, outcome, calls) => {
      const stack = await start();
      const expiresAt = Date.now() - 1_000;
      stack.superOffice.tenant.transferTo(7, chat, 'ann');
      const messages = receiveByHand(stack, [
        { chatSessionId: chat, toAssociate: 'ann', expiresAt: new Date(expiresAt).toISOString() },
      ]);

      await invokeByHand(stack, messages, attributes({ earlierReceiveAt: expiresAt + lateMs }));

      expect(await stack.result(messages[0]?.messageId)).toMatchObject({ outcome });
      expect(stack.callsOf(chat)).toEqual(calls);
    },
  );
});
