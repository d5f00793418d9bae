import { describe, expect, it } from '@jest/globals';
import { deduplicationIdOf } from '../../../../client/deduplication-id.ts';
import { toEvents } from '../../../../examples/rebalancing/to-events.ts';

const [minute, nextMinute] = ['2026-01-15T12:00:00Z', '2026-01-15T12:01:00Z'] as const;
const moves = [1, 2].map((chatSessionId) => ({ chatSessionId, toAssociate: 8 }));
const idsOf = (time: string) => toEvents(moves, time).map(deduplicationIdOf);

describe('toEvents', () => {
  it('gives way to whatever else is wanted, and is over when the next minute decides', () => {
    for (const event of toEvents(moves, minute)) {
      expect(event).toMatchObject({ yields: true, expiresInSeconds: 60, source: 'rebalancing' });
    }
  });

  it('makes the same events of a minute that comes twice, and others of the next', () => {
    expect(new Set(idsOf(minute)).size).toBe(2);
    expect(idsOf(minute)).toEqual(idsOf(minute));
    expect(idsOf(nextMinute)).not.toEqual(idsOf(minute));
  });
});
