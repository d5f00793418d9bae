import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRouteChatEvent } from '../../../../contract/event.ts';
import { toMessages } from '../../../../functions/intake/messages.ts';
import { nearlySoundEvents, wildEvents } from '../../../support/event-bodies.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const timeToLiveMs = 300_000;
const events = fc
  .oneof(nearlySoundEvents, wildEvents)
  .map((event) => JSON.stringify(event ?? null));

describe('toMessages', () => {
  it('leaves an event as sound or as faulty as it was, whatever it holds, and never lets it live longer', () => {
    const seen = { sound: 0, faulty: 0 };
    fc.assert(
      fc.property(events, fc.integer({ min: -10_000_000, max: 0 }), (json, ageMs) => {
        const envelope = {
          id: 'envelope-1',
          'detail-type': 'RouteChatRequested',
          time: new Date(now + ageMs).toISOString(),
          detail: { ...JSON.parse(json) },
        };
        const given = parseRouteChatEvent(JSON.stringify(envelope.detail));

        const [message] = toMessages(envelope, { awsRequestId: 'i', now, timeToLiveMs });
        const sent = parseRouteChatEvent(message?.body ?? '');

        expect(sent.ok).toBe(given.ok);
        expect(message?.groupId).toMatch(/^(\d{1,10}|[0-9a-f]{64})$/);
        if (!given.ok || !sent.ok) {
          seen.faulty += 1;
          expect(JSON.parse(message?.body ?? '')).toEqual(envelope.detail);
          return;
        }
        seen.sound += 1;
        const { expiresAt = Number.POSITIVE_INFINITY, expiresInSeconds, ...rest } = given.event;
        const lives = Math.min(timeToLiveMs, (expiresInSeconds ?? 1e9) * 1000);
        expect(sent.event).toEqual({
          requestId: 'envelope-1',
          ...rest,
          expiresAt: Math.min(expiresAt, now + ageMs + lives),
        });
      }),
    );
    expect(Math.min(seen.sound, seen.faulty)).toBeGreaterThan(5);
  });
});
