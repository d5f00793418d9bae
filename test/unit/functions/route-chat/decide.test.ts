import { describe, expect, it } from '@jest/globals';
import type { Earlier } from '../../../../functions/route-chat/attempts.ts';
import { failureOf, interrupted } from '../../../../functions/route-chat/failure.ts';
import { ann, ben } from '../../../support/associates.ts';
import { attemptWorld, type CallEnd, ok } from '../../../support/attempt-world.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { routeRequest } from '../../../support/events.ts';
import { startOfTime } from '../../../support/virtual-clock.ts';

const forever = Number.POSITIVE_INFINITY;
const fresh: Earlier = { perhapsApplied: false, error: null };
const lost: Earlier = { perhapsApplied: true, error: null };
const timeout = { kind: 'timeout', httpStatus: null } as const;
const timedOut: Earlier = { perhapsApplied: true, error: failureOf(timeout).error };
const throttled = { kind: 'throttled', httpStatus: 429, retryAfterMs: undefined } as const;

/** Time for one more call, and for nothing after it. */
const nearlyOver = { deadline: startOfTime + 1_999 };
const over = { deadline: startOfTime };

function attemptOf(
  given: Parameters<typeof attemptWorld>[0],
  earlier: Earlier,
  request: Parameters<typeof routeRequest>[0],
) {
  const world = attemptWorld(given);
  return { ...world, verdict: world.attempt(routeRequest(request), earlier, forever) };
}

describe('an attempt after which none fits before the deadline', () => {
  it('is expired, with the error, where it was surely not applied', async () => {
    const { verdict } = attemptOf({ transfer: [throttled] }, fresh, nearlyOver);

    expect(await verdict).toMatchObject({
      kind: 'conclude',
      conclusion: {
        outcome: 'expired',
        session: null,
        error: { code: 'throttled', httpStatus: 429 },
      },
    });
  });

  it('is repeated where one does fit', async () => {
    const { verdict } = attemptOf({ transfer: [throttled] }, fresh, {
      deadline: startOfTime + 2_000,
    });

    expect(await verdict).toMatchObject({ kind: 'retry' });
  });

  it.each([
    ['transfer-pending', chatSession({ transferTo: ann }), null],
    ['assigned', chatSession({ user: ann }), null],
    ['not-applied', chatSession({ transferTo: ben }), 'other-transfer-pending'],
  ])('is %s where looking once more shows it', async (outcome, session, cause) => {
    const { verdict, made } = attemptOf(
      { transfer: [timeout], look: [ok(session)] },
      fresh,
      nearlyOver,
    );

    expect(await verdict).toMatchObject({ conclusion: { outcome, cause, session, error: null } });
    expect(made.slice(0, 2)).toEqual(['POST 648 to 8', 'GET 648']);
  });

  it.each<[string, CallEnd]>([
    ['gives no sign', ok(chatSession())],
    ['finds no session', ok(null)],
    ['is refused', { kind: 'refused', httpStatus: 404, errorType: 'SoException' }],
    ['fails, too', { kind: 'connection-lost', httpStatus: null }],
  ])('is unknown, with the transfer’s error, where looking once more %s', async (_, look) => {
    const { verdict } = attemptOf({ transfer: [timeout], look: [look] }, fresh, nearlyOver);

    expect(await verdict).toMatchObject({
      kind: 'conclude',
      conclusion: { outcome: 'unknown', cause: null, error: { code: 'timeout' } },
    });
  });

  it('shows in an unknown result what was seen', async () => {
    const session = chatSession();
    const { verdict } = attemptOf({ transfer: [timeout], look: [ok(session)] }, fresh, nearlyOver);

    expect(await verdict).toMatchObject({ conclusion: { session } });
  });

  it('leaves the look to another receive where this one has no time left', async () => {
    const { verdict } = attemptOf(
      { transfer: [timeout], look: [{ kind: 'out-of-time' }] },
      fresh,
      nearlyOver,
    );

    expect(await verdict).toMatchObject({ kind: 'retry', error: { code: 'timeout' } });
  });

  it('does not look twice where nothing was transferred in between', async () => {
    const { verdict, made } = attemptOf(
      { look: [ok(chatSession())], transfer: [throttled] },
      timedOut,
      { ...nearlyOver, receiveCount: 2 },
    );

    expect(await verdict).toMatchObject({
      conclusion: { outcome: 'unknown', error: { code: 'throttled' } },
    });
    expect(made).toEqual(['GET 648', 'POST 648 to 8']);
  });

  it('looks again where a transfer may have been applied since', async () => {
    const { verdict, made } = attemptOf(
      { look: [ok(chatSession()), ok(chatSession({ transferTo: ann }))], transfer: [timeout] },
      lost,
      { ...nearlyOver, receiveCount: 2 },
    );

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'transfer-pending' } });
    expect(made).toEqual(['GET 648', 'POST 648 to 8', 'GET 648']);
  });
});

describe('an attempt past the deadline', () => {
  it('makes no call the first time', async () => {
    const { verdict, made } = attemptOf({}, fresh, over);

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'expired', error: null } });
    expect(made).toEqual([]);
  });

  it('does not transfer where the deadline passes while it looks', async () => {
    const { verdict, made } = attemptOf(
      { look: [ok(chatSession())], during: (_, { clock }) => void clock.adjust(2_000) },
      lost,
      { ...nearlyOver, receiveCount: 2 },
    );

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'unknown' } });
    expect(made).toEqual(['GET 648']);
  });

  it('makes no call a second time either, where nothing can have been applied', async () => {
    const earlier = { perhapsApplied: false, error: failureOf(throttled).error };
    const { verdict, made } = attemptOf({}, earlier, { ...over, receiveCount: 2 });

    expect(await verdict).toMatchObject({
      conclusion: { outcome: 'expired', error: { code: 'throttled' } },
    });
    expect(made).toEqual([]);
  });

  it.each([
    [timedOut, 'timeout'],
    [lost, interrupted.code],
  ] as const)('is unknown where looking shows no sign after %j', async (earlier, code) => {
    const { verdict, made } = attemptOf({ look: [ok(chatSession())] }, earlier, {
      ...over,
      receiveCount: 2,
    });

    expect(await verdict).toMatchObject({
      conclusion: { outcome: 'unknown', error: { code }, session: chatSession() },
    });
    expect(made).toEqual(['GET 648']);
  });

  it('is unknown where it cannot look', async () => {
    const { verdict } = attemptOf({ look: [timeout] }, lost, { ...over, receiveCount: 2 });

    expect(await verdict).toMatchObject({
      conclusion: { outcome: 'unknown', error: { code: 'timeout' } },
    });
  });

  it('tells of the transfer that took all the same', async () => {
    const session = chatSession({ transferTo: ann });
    const { verdict } = attemptOf({ look: [ok(session)] }, lost, { ...over, receiveCount: 2 });

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'transfer-pending', session } });
  });

  it('looks at another receive where this one has no time left', async () => {
    const { verdict } = attemptOf({ look: [{ kind: 'out-of-time' }] }, lost, {
      ...over,
      receiveCount: 2,
    });

    expect(await verdict).toMatchObject({ kind: 'retry', error: { code: 'throttled' } });
  });
});
