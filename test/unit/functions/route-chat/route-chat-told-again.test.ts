import { describe, expect, it } from '@jest/globals';
import { outcomesOf } from '../../../support/batch-world.ts';
import { event, routeChatsWorld } from '../../../support/route-chats-world.ts';

describe('an event past its deadline', () => {
  const past = { expiresAt: '2026-11-22T08:04:59Z' };

  it('takes no live event’s place', async () => {
    const { handle, queues, triedIds } = routeChatsWorld();

    await handle(event('live'), event('late', 648, {}, past));

    expect(triedIds()).toEqual(['live']);
    expect(outcomesOf(queues).sort()).toEqual(['late: expired', 'live: transfer-pending']);
  });

  it('is expired without a call also where it gained receives without being live in any', async () => {
    const { handle, queues, triedIds } = routeChatsWorld();

    await handle(event('late', 648, { ApproximateReceiveCount: '4' }, past));

    expect(triedIds()).toEqual([]);
    expect(outcomesOf(queues)).toEqual(['late: expired']);
  });

  it('is attempted, to look what is so, where an earlier receive was in time', async () => {
    const { handle, triedIds } = routeChatsWorld();
    const received = { ApproximateReceiveCount: '2', ApproximateFirstReceiveTimestamp: '0' };

    await handle(event('late', 648, received, past));

    expect(triedIds()).toEqual(['late']);
  });
});

describe('an event that comes again after it was told its result', () => {
  it.each(['older', 'newer'])('is not taken for one that was never tried: %s', async (again) => {
    const { handle, tried } = routeChatsWorld();
    await handle(event('older'), event('newer'));

    await handle(event(again, 648, { ApproximateReceiveCount: '2' }));

    expect(tried.at(-1)).toMatchObject({ id: again, earlier: { perhapsApplied: true } });
  });
});
