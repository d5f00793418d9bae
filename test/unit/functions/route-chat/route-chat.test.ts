import { describe, expect, it } from '@jest/globals';
import type { RouteRequest } from '../../../../functions/route-chat/received-event.ts';
import { latestStart } from '../../../../functions/route-chat/timing.ts';
import { outcomesOf } from '../../../support/batch-world.ts';
import { sqsRecord } from '../../../support/events.ts';
import {
  event,
  functionEndsAt,
  pending,
  retry,
  routeChatsWorld,
} from '../../../support/route-chats-world.ts';

describe('createRouteChats', () => {
  it('tells each event of a mixed batch exactly one result', async () => {
    const { handle, queues, triedIds } = routeChatsWorld();

    const failures = await handle(
      sqsRecord({ messageId: 'broken', body: '{' }),
      event('late', 1, {}, { expiresAt: '2026-11-22T08:04:59Z' }),
      event('older', 2),
      event('newer', 2),
      event('alone', 3),
    );

    expect(failures).toEqual([]);
    expect(triedIds().toSorted((one, other) => one.localeCompare(other))).toEqual([
      'alone',
      'newer',
    ]);
    expect(outcomesOf(queues).sort()).toEqual([
      'alone: transfer-pending',
      'broken: invalid-event',
      'late: expired',
      'newer: transfer-pending',
      'older: superseded',
    ]);
  });

  it('survives an empty batch', async () => {
    const { handle, queues } = routeChatsWorld();

    expect(await handle()).toEqual([]);
    expect(queues.batches).toEqual([]);
  });

  it('lets go back what has no result yet', async () => {
    const { handle, queues } = routeChatsWorld(async ({ messageId }) =>
      messageId === 'a' ? retry : pending,
    );

    expect(await handle(event('a', 1), event('b', 2))).toEqual(['a']);
    expect(outcomesOf(queues)).toEqual(['b: transfer-pending']);
    expect(queues.changed).toMatchObject([{ event: { messageId: 'a' }, seconds: 1 }]);
  });

  it('sends a result without waiting for a call that hangs elsewhere', async () => {
    const { handle, queues, clock } = routeChatsWorld(async ({ messageId }) => {
      if (messageId === 'slow') await clock.sleep(5_000);
      return pending;
    });

    const handled = handle(event('slow', 1), event('quick', 2));
    await clock.advance(20);

    expect(outcomesOf(queues)).toEqual(['quick: transfer-pending']);
    await handled;
  });

  it('tells and deletes the superseded before the newer is tried', async () => {
    const { handle, tried } = routeChatsWorld();

    await handle(event('first'), event('second'), event('third'));

    expect(tried).toMatchObject([
      {
        id: 'third',
        told: ['first: superseded', 'second: superseded'],
        deleted: ['first', 'second'],
      },
    ]);
  });

  it('does not try the newer while a superseded result is not sent', async () => {
    const sendResults = async (results: { result: { eventMessageId: string } }[]) =>
      results.map(
        ({ result }) =>
          (result.eventMessageId === 'older' ? 'not-sent' : 'sent') as 'sent' | 'not-sent',
      );
    const { handle, triedIds, queues } = routeChatsWorld(undefined, { sendResults });

    const failures = await handle(event('older'), event('newer'), event('other', 2));

    expect(failures.sort()).toEqual(['newer', 'older']);
    expect(triedIds()).toEqual(['other']);
    expect(queues.deleted).toEqual([]);
    expect(outcomesOf(queues)).toContain('other: transfer-pending');
  });

  it('does not try the newer where the superseded could not be deleted', async () => {
    const { handle, triedIds } = routeChatsWorld(undefined, {
      deleteEvents: () => Promise.reject(new Error('x')),
    });

    // The older was told; Lambda deletes it, since it is not among the failures.
    expect(await handle(event('older'), event('newer'))).toEqual(['newer']);
    expect(triedIds()).toEqual([]);
  });

  it('lets an event go back whose result was not sent, and remembers its attempt', async () => {
    const { handle, attempts, queues } = routeChatsWorld(undefined, {
      sendResults: async () => ['not-sent'],
    });

    expect(await handle(event('a'))).toEqual(['a']);
    expect(queues.changed).toHaveLength(1);
    const again = { messageId: 'a', receiveCount: 2 } as RouteRequest;
    expect(attempts.begin(again).perhapsApplied).toBe(false);
  });

  it('forgets an event that was told', async () => {
    const { handle, attempts } = routeChatsWorld();

    await handle(event('a'));

    expect(attempts.begin({ messageId: 'a', receiveCount: 2 } as RouteRequest).perhapsApplied).toBe(
      true,
    );
  });

  it('lets a bug in one chat hold back no other, and reports it by name', async () => {
    const { handle, queues, report } = routeChatsWorld(async ({ messageId }) => {
      if (messageId === 'a') throw new TypeError('secret text');
      return pending;
    });

    expect(await handle(event('a', 1), event('b', 2))).toEqual(['a']);
    expect(outcomesOf(queues)).toEqual(['b: transfer-pending']);
    expect(report.problems).toEqual(['an attempt broke off unexpectedly {"error":"TypeError"}']);
  });

  it('tells an attempt until when it may start calls, and what is known of earlier ones', async () => {
    const { handle, tried } = routeChatsWorld();

    await handle(event('a', 648, { ApproximateReceiveCount: '2' }));

    expect(tried).toMatchObject([
      { latest: latestStart(functionEndsAt), earlier: { perhapsApplied: true, error: null } },
    ]);
  });

  it('remembers a receive in which an event was superseded but could not be told', async () => {
    const { handle, attempts } = routeChatsWorld(undefined, {
      sendResults: async (all) => all.map(() => 'not-sent'),
    });

    await handle(event('older'), event('newer'));

    expect(
      attempts.begin({ messageId: 'older', receiveCount: 2 } as RouteRequest).perhapsApplied,
    ).toBe(false);
    expect(
      attempts.begin({ messageId: 'newer', receiveCount: 2 } as RouteRequest).perhapsApplied,
    ).toBe(false);
  });
});
