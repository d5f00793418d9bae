import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SettledBatch } from '../../stand-ins/event-source-mapping/poller.ts';
import type { SqsFault } from '../../stand-ins/sqs/faults.ts';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const event = (chatSessionId: number, more: object = {}) => ({
  chatSessionId,
  toAssociate: 'ann',
  ...more,
});
const down = { kind: 'status', status: 429 } as const;
/** How far ahead a message becomes visible again. */
const comesBackInMs = ({ eventQueue }: Deployed, id: string | undefined) =>
  (eventQueue.messages().find(({ messageId }) => messageId === id)?.visibleAt ?? 0) - Date.now();

describe('an event that goes back', () => {
  const start = deployments();

  it.concurrent('comes again with growing pauses, and until its deadline at the latest', async () => {
    const stack = await start();
    stack.superOffice.setFault(() => down);

    const sentAt = performance.now();
    const [id] = await stack.send([event(640, { expiresInSeconds: 6 })]);

    const { receiveCount, error } = await stack.result(id);
    expect(error).toMatchObject({ code: 'throttled' });
    const times = stack.superOffice.calls.map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(900);
    expect(Math.max(...times) - sentAt).toBeLessThan(6_500);
    // 1 s, then 1 to 2 s, then 2 to 4 s, the last one cut for a last attempt; then it is told.
    expect(receiveCount).toBeGreaterThanOrEqual(3);
    expect(receiveCount).toBeLessThanOrEqual(6);
  });

  it.concurrent('holds back its message group, and nobody else; what waited there is not a dead letter', async () => {
    const stack = await start();
    stack.superOffice.setFault(({ chatSessionId }) => (chatSessionId === 640 ? down : undefined));
    const [head] = await stack.send([event(640, { expiresInSeconds: 30 })]);
    await until('the first attempt', () => stack.linesOf(head).length > 0);

    const [follower] = await stack.send([event(640, { toAssociate: 'ben' })]);
    const [other] = await stack.send([event(641)]);

    expect(await stack.result(other)).toMatchObject({ outcome: 'transfer-pending' });
    const idsOf = ({ event: { Records } }: SettledBatch) => Records.map((each) => each.messageId);
    const together = await until('a retry with its follower', () =>
      stack.batches.map(idsOf).find((ids) => ids.includes(follower ?? '')),
    );
    expect(together).toEqual([head, follower]);
    stack.superOffice.setFault(undefined);
    expect(await stack.result(head)).toMatchObject({ outcome: 'superseded' });
    expect(await stack.result(follower)).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.transfersOf(640)).toEqual([{ target: 'ben', applied: true }]);
  });

  it.concurrent('takes the others of its message group along, the newest first', async () => {
    const stack = await start();
    stack.superOffice.setFault(() => down);
    const changed: unknown[] = [];
    stack.deployment.sqs.setFault(({ action, entries = [] }) => {
      if (action === 'ChangeMessageVisibilityBatch') changed.push(...entries);
      return undefined;
    });
    const messages = receiveByHand(
      stack,
      [event(640), event(641), event(642)],
      ['rule', 'rule', 'other'],
    );

    await invokeByHand(stack, messages, {
      edit({ Records: [first] }) {
        // It has been tried for a while, so it waits three seconds at least.
        if (first) first.attributes.ApproximateReceiveCount = '5';
      },
    });

    const [older, newer, other] = messages.map(({ receiptHandle, messageId }) => ({
      receiptHandle,
      inMs: comesBackInMs(stack, messageId),
    }));
    expect(changed).toMatchObject(
      [newer, older, other].map((each) => ({ ReceiptHandle: each?.receiptHandle })),
    );
    expect(newer?.inMs).toBeGreaterThan(2_000);
    expect(older?.inMs).toBeGreaterThanOrEqual(newer?.inMs ?? 0);
    expect(other?.inMs).toBeLessThan(1_100);
  });

  describe('where the change of its visibility timeout', () => {
    let stack: Deployed;

    beforeAll(async () => {
      stack = await start();
    });

    it.each<[string, number, SqsFault]>([
      ['is refused', 640, { kind: 'error', status: 403, code: 'AccessDenied' }],
      ['fails twice', 641, { kind: 'error', status: 500, code: 'InternalFailure' }],
      ['hangs', 642, { kind: 'hang' }],
    ])('%s, is late and not lost', async (_, chatSessionId, fault) => {
      stack.superOffice.setFault(() => ({ kind: 'status', status: 503 }));
      stack.deployment.sqs.setFault(({ action }) =>
        action === 'ChangeMessageVisibilityBatch' ? fault : undefined,
      );

      const messages = receiveByHand(stack, [event(chatSessionId)]);
      const left = await invokeByHand(stack, messages);

      const [id] = left;
      expect(left).toEqual([messages[0]?.messageId]);
      expect(comesBackInMs(stack, id)).toBeGreaterThan(80_000);

      stack.superOffice.setFault(undefined);
      stack.deployment.sqs.setFault(undefined);
      // What waits 90 seconds otherwise.
      stack.eventQueue.changeVisibility(messages[0]?.receiptHandle ?? '', 0);
      expect(await stack.result(id)).toMatchObject({
        outcome: 'transfer-pending',
        receiveCount: 2,
      });
    });

    it('fails for one message, brings the others back all the same', async () => {
      stack.superOffice.setFault(() => ({ kind: 'status', status: 503 }));
      stack.deployment.sqs.setFault(({ action }) =>
        action === 'ChangeMessageVisibilityBatch'
          ? {
              kind: 'fail-entries',
              failEntries: (id) =>
                id === '0' ? { code: 'InternalError', senderFault: false } : undefined,
            }
          : undefined,
      );

      const { left } = await inOneBatch(stack, [event(643), event(644)]);

      expect(comesBackInMs(stack, left[0])).toBeGreaterThan(80_000);
      expect(comesBackInMs(stack, left[1])).toBeLessThan(1_100);
      stack.superOffice.setFault(undefined);
      expect(await stack.result(left[1])).toMatchObject({ outcome: 'transfer-pending' });
    });
  });
});
