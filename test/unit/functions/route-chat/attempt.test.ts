import { describe, expect, it } from '@jest/globals';
import type { Earlier } from '../../../../functions/route-chat/attempts.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { attemptWorld, type CallEnd, ok } from '../../../support/attempt-world.ts';
import { chatSession } from '../../../support/chat-session.ts';
import { routeRequest } from '../../../support/events.ts';

const fresh: Earlier = { perhapsApplied: false, error: null };
const forever = Number.POSITIVE_INFINITY;
const pending = chatSession({ transferTo: ann });
const refused = (httpStatus: number): CallEnd => ({
  kind: 'refused',
  httpStatus,
  errorType: 'SoException',
});

/** A first attempt. */
const first = (transfer: CallEnd, given: Partial<Parameters<typeof attemptWorld>[0]> = {}) => {
  const world = attemptWorld({ transfer: [transfer], ...given });
  return { ...world, verdict: world.attempt(routeRequest(), fresh, forever) };
};

const lost: Earlier = { perhapsApplied: true, error: null };

/** A second attempt, after one that may have been applied. */
const second = (look: CallEnd, transfer: CallEnd[] = [], earlier = lost) => {
  const world = attemptWorld({ look: [look], transfer });
  return { ...world, verdict: world.attempt(routeRequest({ receiveCount: 2 }), earlier, forever) };
};

describe('a second attempt after one that was surely not applied', () => {
  it('is as the first: the wish stands, whatever is pending from an older one', async () => {
    const { verdict, made } = second(ok(chatSession({ transferTo: ben })), [ok(pending)], fresh);

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'transfer-pending' } });
    expect(made).toEqual(['POST 648 to 8']);
  });
});

describe('a first attempt', () => {
  it('transfers without asking first', async () => {
    const { verdict, made } = first(ok(pending));

    await verdict;

    expect(made).toEqual(['POST 648 to 8']);
  });

  it.each([
    ['the target is asked', pending, 'transfer-pending'],
    ['the target has it', chatSession({ user: ann }), 'assigned'],
  ])('concludes where %s', async (_, session, outcome) => {
    const { verdict } = first(ok(session), { knownActingAs: router });

    expect(await verdict).toEqual({
      kind: 'conclude',
      conclusion: { outcome, cause: null, session, actingAs: router, error: null },
    });
  });

  it.each([
    ['nobody is asked', chatSession({ user: ben }), 'owned-by-another'],
    ['the session is not known', null, 'no-session'],
    ['the session has ended', chatSession({ status: 'Closed', transferTo: ann }), 'ended'],
    ['somebody else is asked', chatSession({ transferTo: ben }), 'other-transfer-pending'],
    ['nobody has it', chatSession({ user: null }), 'in-queue'],
    ['a chatbot has it', chatSession({ chatbotIsActive: true }), 'chatbot-active'],
    ['nothing tells why', chatSession(), 'unclear'],
  ])('never says done for a 200 where %s', async (_, session, cause) => {
    const { verdict, made } = first(ok(session));

    expect(await verdict).toEqual({
      kind: 'conclude',
      conclusion: { outcome: 'not-applied', cause, session, actingAs: router, error: null },
    });
    expect(made).toEqual(['POST 648 to 8', 'principal']);
  });

  it('concludes where nobody can say whose ticket it is', async () => {
    const { verdict } = first(ok(chatSession({ user: ben })), { actingAs: null });

    expect(await verdict).toMatchObject({ conclusion: { cause: 'unclear', actingAs: null } });
  });

  it.each([400, 403, 404, 405, 409, 410, 412, 422])(
    'fails for good at a %i',
    async (httpStatus) => {
      const { verdict } = first(refused(httpStatus));

      expect(await verdict).toMatchObject({
        kind: 'conclude',
        conclusion: {
          outcome: 'failed',
          cause: null,
          session: null,
          error: { code: `http-${httpStatus}`, httpStatus },
        },
      });
    },
  );

  const retried: [CallEnd, string, boolean][] = [
    [{ kind: 'unauthorized', httpStatus: 401 }, 'unauthorized', false],
    [{ kind: 'misdirected', httpStatus: 421 }, 'misdirected', false],
    [{ kind: 'throttled', httpStatus: 429, retryAfterMs: undefined }, 'throttled', false],
    [{ kind: 'unreachable', httpStatus: null }, 'network', false],
    [{ kind: 'tenant-not-running', state: 'Suspended' }, 'tenant-not-running', false],
    [{ kind: 'tenant-unknown' }, 'network', false],
    [{ kind: 'ticket-unavailable', reason: 'missing' }, 'ticket-unavailable', false],
    [{ kind: 'ticket-refused' }, 'unauthorized', false],
    [{ kind: 'paused' }, 'throttled', false],
    [{ kind: 'out-of-time' }, 'throttled', false],
    [{ kind: 'deadline-passed' }, 'throttled', false],
    [{ kind: 'unavailable', httpStatus: 503, retryAfterMs: undefined }, 'unavailable', true],
    [{ kind: 'unavailable', httpStatus: 408, retryAfterMs: undefined }, 'unavailable', true],
    [{ kind: 'timeout', httpStatus: null }, 'timeout', true],
    [{ kind: 'connection-lost', httpStatus: null }, 'network', true],
    [{ kind: 'bad-response', httpStatus: 302 }, 'bad-response', true],
    [{ kind: 'bad-response', httpStatus: 200 }, 'bad-response', true],
  ];

  it.each(retried)('is repeated after %j', async (end, code, perhapsApplied) => {
    const { verdict, attempts } = first(end);

    expect(await verdict).toMatchObject({ kind: 'retry', error: { code } });
    expect(attempts.begin(routeRequest({ receiveCount: 2 }))).toMatchObject({
      perhapsApplied,
      error: { code },
    });
  });

  it('counts as perhaps applied while its call is under way', async () => {
    let duringCall: Earlier | undefined;
    const world = attemptWorld({
      transfer: [ok(pending)],
      during: () => {
        duringCall = world.attempts.begin(routeRequest({ receiveCount: 2 }));
      },
    });

    await world.attempt(routeRequest(), world.attempts.begin(routeRequest()), forever);

    expect(duringCall?.perhapsApplied).toBe(true);
  });
});

describe('a repeated attempt', () => {
  it.each([
    ['transfer-pending', pending],
    ['assigned', chatSession({ user: ann })],
  ])('makes no second transfer where looking shows %s', async (outcome, session) => {
    const { verdict, made } = second(ok(session));

    expect(await verdict).toMatchObject({ kind: 'conclude', conclusion: { outcome, session } });
    expect(made).toEqual(['GET 648']);
  });

  it('does not transfer over what is pending to somebody else', async () => {
    const { verdict, made } = second(ok(chatSession({ transferTo: ben })));

    expect(await verdict).toMatchObject({
      conclusion: { outcome: 'not-applied', cause: 'other-transfer-pending' },
    });
    expect(made).toEqual(['GET 648', 'principal']);
  });

  it.each([
    ['no sign', ok(chatSession())],
    ['a session that ended', ok(chatSession({ status: 'Closed' }))],
    ['no session', ok(null)],
    ['a refusal', refused(404)],
    ['a refusal', refused(403)],
  ])('transfers where looking shows %s', async (_, look) => {
    const { verdict, made } = second(look, [ok(pending)]);

    expect(await verdict).toMatchObject({ conclusion: { outcome: 'transfer-pending' } });
    expect(made).toEqual(['GET 648', 'POST 648 to 8']);
  });

  it.each<CallEnd>([
    { kind: 'timeout', httpStatus: null },
    { kind: 'unavailable', httpStatus: 500, retryAfterMs: undefined },
    { kind: 'unauthorized', httpStatus: 401 },
    { kind: 'ticket-refused' },
    { kind: 'bad-response', httpStatus: 200 },
  ])('does not transfer blindly where looking ends with %j', async (end) => {
    const { verdict, made, attempts } = second(end);

    expect(await verdict).toMatchObject({ kind: 'retry' });
    expect(made).toEqual(['GET 648']);
    // What could not be seen stays open.
    expect(attempts.begin(routeRequest({ receiveCount: 3 })).perhapsApplied).toBe(true);
  });

  it('stays perhaps applied where one attempt before it was', async () => {
    const { verdict, attempts } = second(
      ok(chatSession()),
      [{ kind: 'throttled', httpStatus: 429, retryAfterMs: undefined }],
      { perhapsApplied: true, error: null },
    );

    expect(await verdict).toMatchObject({ kind: 'retry', error: { code: 'throttled' } });
    expect(attempts.begin(routeRequest({ receiveCount: 3 })).perhapsApplied).toBe(true);
  });
});
