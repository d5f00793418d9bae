import { describe, expect, it } from '@jest/globals';
import { longestWait } from '../../../../local/session/longest-wait.ts';

const event = { chatSessionId: 648, toAssociate: 'ann' };

describe('longestWait', () => {
  it.each([
    ['an event', event, 300],
    ['an offer', { ...event, acceptWithinSeconds: 30 }, 390],
    ['one to three', { ...event, acceptWithinSeconds: 30, fallbackAssociates: [8, 9] }, 450],
    ['what is none', { ...event, acceptWithinSeconds: 5 }, 300],
  ])('of %s', (_, body, seconds) => {
    expect(longestWait(JSON.stringify(body), 300)).toBe(seconds);
  });
});
