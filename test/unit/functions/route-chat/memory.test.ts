import { describe, expect, it } from '@jest/globals';
import { createAttempts } from '../../../../functions/route-chat/attempts.ts';
import { routeRequest } from '../../../support/events.ts';

const received = (receiveCount: number, messageId = 'message-1') =>
  routeRequest({ receiveCount, messageId });
const timeout = { code: 'timeout', message: 'Too late.', httpStatus: null };

describe('createAttempts', () => {
  it('knows of nothing before the first receive', () => {
    expect(createAttempts().begin(received(1))).toEqual({ perhapsApplied: false, error: null });
  });

  it('fears the worst of receives it did not see', () => {
    expect(createAttempts().begin(received(2))).toEqual({ perhapsApplied: true, error: null });
  });

  it.each([true, false])('remembers what was noted of the receive before: %s', (perhapsApplied) => {
    const attempts = createAttempts();
    attempts.begin(received(1));
    attempts.note(received(1), { perhapsApplied, error: timeout });

    expect(attempts.begin(received(2))).toEqual({ perhapsApplied, error: timeout });
  });

  it('takes a receive that was not tried for surely not applied', () => {
    const attempts = createAttempts();
    attempts.begin(received(1));

    expect(attempts.begin(received(2)).perhapsApplied).toBe(false);
  });

  it('fears the worst where one receive went elsewhere, but keeps the last word', () => {
    const attempts = createAttempts();
    attempts.note(received(1), { perhapsApplied: false, error: timeout });

    expect(attempts.begin(received(3))).toEqual({ perhapsApplied: true, error: timeout });
  });

  it('keeps events apart', () => {
    const attempts = createAttempts();
    attempts.note(received(1, 'a'), { perhapsApplied: false, error: timeout });
    attempts.note(received(1, 'b'), { perhapsApplied: true, error: null });

    expect(attempts.begin(received(2, 'a'))).toEqual({ perhapsApplied: false, error: timeout });
    expect(attempts.begin(received(2, 'b'))).toEqual({ perhapsApplied: true, error: null });
  });

  it('forgets what is told', () => {
    const attempts = createAttempts();
    attempts.note(received(1), { perhapsApplied: false, error: timeout });

    attempts.forget(received(1));

    expect(attempts.begin(received(2))).toEqual({ perhapsApplied: true, error: null });
  });

  it('forgets the event it heard of longest ago rather than grow without end', () => {
    const attempts = createAttempts();
    const safe = { perhapsApplied: false, error: null };
    for (let index = 0; index < 10_000; index += 1) attempts.note(received(1, `m${index}`), safe);
    attempts.note(received(1, 'm0'), safe);

    attempts.note(received(1, 'one more'), safe);

    expect(attempts.begin(received(2, 'm0')).perhapsApplied).toBe(false);
    expect(attempts.begin(received(2, 'm1')).perhapsApplied).toBe(true);
    expect(attempts.begin(received(2, 'm9999')).perhapsApplied).toBe(false);
  });
});
