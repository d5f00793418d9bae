import { describe, expect, it } from '@jest/globals';
import { deduplicationIdOf } from '../../../client/deduplication-id.ts';
import type { RouteChatEventInput } from '../../../client/route-chat-event-input.ts';

const event: RouteChatEventInput = {
  chatSessionId: 648,
  toAssociate: 8,
  requestId: 'r-1',
  source: 'rule',
};
const id = deduplicationIdOf(event);

describe('deduplicationIdOf', () => {
  it('is the SHA-256 of source, request id, chat and associate, for others to make as well', () => {
    // printf '["rule","r-1",648,"8"]' | sha256sum
    expect(id).toBe('4864f9a076300abcb720cce6e593c04efae93e653035db7909fbc2b80ea21fdd');
  });

  it.each<[string, Partial<RouteChatEventInput>]>([
    ['the same', {}],
    ['the associate as text', { toAssociate: '8' }],
    ['another reason', { reason: 'because' }],
    ['an offer of it', { acceptWithinSeconds: 60, fallbackAssociates: [9] }],
    ['no dry run', { dryRun: false }],
  ])('knows a repeat: %s', (_, change) => {
    expect(deduplicationIdOf({ ...event, ...change } as RouteChatEventInput)).toBe(id);
  });

  it.each<[string, Partial<RouteChatEventInput>]>([
    ['chat', { chatSessionId: 649 }],
    ['associate', { toAssociate: 9 }],
    ['request id', { requestId: 'r-2' }],
    ['source', { source: 'other' }],
    ['source, by having none', { source: undefined }],
    ['being a dry run', { dryRun: true }],
  ])('knows another event by its %s', (_, change) => {
    expect(deduplicationIdOf({ ...event, ...change } as RouteChatEventInput)).not.toBe(id);
  });

  it('never takes an event without a request id for a repeat', () => {
    const unnamed = { chatSessionId: 648, toAssociate: 8 };

    expect(deduplicationIdOf(unnamed)).not.toBe(deduplicationIdOf(unnamed));
  });
});
