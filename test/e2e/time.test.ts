import { describe, expect, it } from '@jest/globals';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';

const event = (chatSessionId: number, more: object = {}) => ({
  chatSessionId,
  toAssociate: 'ann',
  ...more,
});
const soon = { expiresInSeconds: 2 };
const status = (code: number) => ({ kind: 'status', status: code }) as const;

describe('the deadline', () => {
  const start = deployments();

  it.concurrent.each([
    ['pending', () => undefined, 'transfer-pending'],
    ['taken', (stack: Deployed, id: number) => stack.superOffice.tenant.accept(id), 'assigned'],
  ])(
    'is not called expired over a transfer that SuperOffice shows as %s',
    async (_, then, word) => {
      const stack = await start();
      stack.superOffice.setFault(({ route }) => {
        if (route !== 'transfer') return undefined;
        // Applied without a word of it; from then on, nothing but 429.
        stack.superOffice.setFault((next) => {
          then(stack, 640);
          return next.route === 'transfer' ? status(429) : undefined;
        });
        return { kind: 'apply-then', fault: status(503) };
      });

      const { ids } = await inOneBatch(stack, [event(640, { expiresInSeconds: 4 })]);

      expect(await stack.result(ids[0])).toMatchObject({ outcome: word });
      expect(stack.transfersOf(640)).toEqual([{ target: 'ann', applied: true }]);
    },
  );

  it.concurrent('ends in unknown, not expired, where an earlier call may have been applied', async () => {
    const stack = await start();
    let calls = 0;
    stack.superOffice.setFault(() => {
      calls += 1;
      return calls === 1 ? { kind: 'apply-then', fault: { kind: 'reset' } } : status(429);
    });

    const { ids } = await inOneBatch(stack, [event(640, { expiresInSeconds: 4 })]);

    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'unknown',
      error: { code: 'throttled' },
      session: null,
    });
    expect(stack.transfersOf(640)).toHaveLength(1);
  });

  it.concurrent('ends in expired, with the last word, where none was applied', async () => {
    const stack = await start();
    stack.superOffice.setFault(({ route }) => (route === 'transfer' ? status(429) : undefined));

    const { ids } = await inOneBatch(stack, [event(640, { expiresInSeconds: 4 })]);

    const result = await stack.result(ids[0]);
    expect(result).toMatchObject({ outcome: 'expired', error: { code: 'throttled' } });
    expect(result.receiveCount).toBeGreaterThan(1);
    expect(stack.transfersOf(640)).toEqual([]);
  });

  it.concurrent('counts from when SQS had the event, also where its clock is ahead of ours', async () => {
    const stack = await start();
    const aheadMs = 30_000;
    const messages = receiveByHand(stack, [event(640, soon), event(641)]);
    const earlier = receiveByHand(stack, [event(642, soon), event(643)]);
    const shift = (ms: number) => ({
      edit({ Records }: { Records: { attributes: Record<string, string> }[] }) {
        for (const { attributes } of Records) {
          attributes.SentTimestamp = String(Number(attributes.SentTimestamp) + ms);
          attributes.ApproximateFirstReceiveTimestamp = attributes.SentTimestamp;
        }
      },
    });

    await invokeByHand(stack, messages, shift(aheadMs));
    await invokeByHand(stack, earlier, shift(-aheadMs));

    const outcomes = await Promise.all(
      [...messages, ...earlier].map(({ messageId }) => stack.result(messageId)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'transfer-pending',
      'transfer-pending',
      'expired',
      'transfer-pending',
    ]);
  });

  it.concurrent('that was over before the event was first received was surely never tried', async () => {
    const stack = await start();
    const messages = receiveByHand(stack, [event(640, soon)]);

    await invokeByHand(stack, messages, {
      edit({ Records: [record] }) {
        // It waited behind another, and gained a receive without being tried.
        if (!record) return;
        record.attributes.SentTimestamp = String(Date.now() - 60_000);
        record.attributes.ApproximateReceiveCount = '2';
      },
    });

    expect(await stack.result(messages[0]?.messageId)).toMatchObject({
      outcome: 'expired',
      error: null,
      receiveCount: 2,
    });
    expect(stack.superOffice.calls).toEqual([]);
  });

  it.concurrent.each([
    ['ahead', 30_000],
    ['behind', -30_000],
  ])('does not stop a function whose clock is %s', async (_, offsetMs) => {
    const stack = await start();
    stack.setClock(offsetMs);
    stack.superOffice.setFault(({ number }) => (number === 1 ? status(503) : undefined));

    const { ids } = await inOneBatch(stack, [event(640)]);

    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 2,
    });
  });
});
