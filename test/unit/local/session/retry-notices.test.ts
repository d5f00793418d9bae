import { describe, expect, it } from '@jest/globals';
import { createRetryNotices } from '../../../../local/session/retry-notices.ts';

const sentAt = new Date(2026, 10, 22, 19, 22, 5).getTime();
const line = (changes = {}) =>
  JSON.stringify({
    level: 'INFO',
    requestId: 'r-1',
    eventMessageId: 'm-1',
    chatSessionId: 646,
    outcome: 'retry',
    error: 'network',
    receiveCount: 1,
    ...changes,
  });

/** What is said of log lines, with one event on the queue. */
function saidOf(lines: string[], event: object = {}): string[] {
  const body = JSON.stringify({ chatSessionId: 646, toAssociate: 'ann', ...event });
  const said: string[] = [];
  const read = createRetryNotices({
    queued: () => [{ messageId: 'm-1', body, sentAt }],
    timeToLiveSeconds: 300,
    say: (text) => said.push(text),
  });
  for (const one of lines) read(one);
  return said;
}

describe('createRetryNotices', () => {
  it('says of an event once that it is tried again, and until when', () => {
    const said = saidOf([line(), line({ receiveCount: 2, error: 'unavailable' })]);

    expect(said).toEqual(['chat 646: attempt 1 ended with network, tried again until 19:27:05']);
  });

  it.each([
    ['expiresInSeconds', { expiresInSeconds: 10 }, ' until 19:22:15'],
    ['expiresAt', { expiresAt: new Date(sentAt + 20_000).toISOString() }, ' until 19:22:25'],
    ['a deadline after the time to live', { expiresInSeconds: 4_000 }, ' until 19:27:05'],
    ['an event that breaks the schema', { chatSessionId: 'x' }, ''],
  ])('knows %s', (_, event, until) => {
    expect(saidOf([line()], event)).toEqual([
      `chat 646: attempt 1 ended with network, tried again${until}`,
    ]);
  });

  it('names an event without a chat, or one that is not on the queue, as far as it can', () => {
    const lost = line({ eventMessageId: 'm-2', chatSessionId: null, error: null, receiveCount: 3 });

    expect(saidOf([lost])).toEqual(['event m-2: attempt 3 ended with no result, tried again']);
  });

  it('is silent about everything else', () => {
    const others = [line({ outcome: 'failed' }), line({ outcome: 'failed', source: 'retry' })];

    expect(saidOf([...others, 'a "retry" that is no JSON', ''])).toEqual([]);
  });
});
