import { describe, expect, it } from '@jest/globals';
import type { RouteChatEvent } from '../../../../contract/event.ts';
import { offerWishOf } from '../../../../functions/route-chat/attempt-offer.ts';
import { routeRequest } from '../../../support/events.ts';
import { wish } from '../../../support/offers.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

describe('offerWishOf', () => {
  const all = { ifNobody: 'return-to-queue', pickUp: true, yields: true } as const;

  it.each<[Partial<RouteChatEvent>, object]>([
    [{}, {}],
    [all, all],
    [{ expiresAt: startOfTime + 7 }, { askBefore: startOfTime + 7 }],
    [{ expiresInSeconds: 90 }, { askBefore: startOfTime + 90_000 }],
  ])('is what the event says: %j', (fields, says) => {
    const event = { chatSessionId: 648, toAssociate: '8', acceptWithinSeconds: 60, ...fields };

    expect(offerWishOf(routeRequest({ event }))).toEqual({ ...wish, ...says });
  });
});
