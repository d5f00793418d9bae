import { describe, expect, it } from '@jest/globals';
import { whyNoSuccess } from '../../../../local/session/success.ts';

describe('whyNoSuccess', () => {
  it.each([
    [['expired', 'invalid-event'], undefined],
    [['assigned', 'assigned'], ['assigned', 'transfer-pending'] as const],
    [['invalid-event'], ['invalid-event'] as const],
  ])('is content with %j where %j is expected', (seen, expected) => {
    expect(whyNoSuccess(seen, expected)).toEqual([]);
  });

  it.each([
    [[], undefined, 'No event has a result.'],
    [[], ['assigned'] as const, 'No event has a result.'],
    [['invalid-event', 'invalid-event'], undefined, 'Every event was an invalid-event.'],
    [
      ['assigned', 'failed', 'expired', 'failed'],
      ['assigned', 'transfer-pending'] as const,
      'Expected assigned or transfer-pending; found 2 failed, 1 expired.',
    ],
  ])('is not with %j where %j is expected', (seen, expected, says) => {
    expect(whyNoSuccess(seen, expected)).toEqual([says]);
  });
});
