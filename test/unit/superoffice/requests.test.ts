import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createWebApi } from '../../../superoffice/web-api.ts';
import { router } from '../../support/associates.ts';
import { chatSession, chatSessionEntity } from '../../support/chat-session.ts';
import { fakeFetch, hangs, json } from '../../support/fake-fetch.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const access = {
  webApiUrl: 'https://online2.superoffice.example/Cust12345/api',
  credential: { authorization: 'SOTicket 7T:abc==', appToken: 'app' },
};

function setUp(respond: (request: Request) => Response | Promise<Response>) {
  const clock = createVirtualClock();
  const { fetch, requests } = fakeFetch(respond);
  return { clock, requests, webApi: createWebApi({ timeoutMs: 5_000, clock, fetch }) };
}

const pathOf = (request: Request | undefined) => new URL(request?.url ?? '').pathname;

describe('createWebApi', () => {
  it('asks to transfer with POST, the ticket, the app token and dates in UTC', async () => {
    const { webApi, requests } = setUp(() => json(chatSessionEntity()));

    await webApi.transferTo(access, 648, '8');

    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://online2.superoffice.example/Cust12345/api/v1/ChatSession/648/TransferTo/8',
      body: null,
    });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'SOTicket 7T:abc==',
      'so-apptoken': 'app',
      'so-timezone': 'UTC, includeTZOffset',
      'user-agent': 'superoffice-route-chat/0.1.0',
    });
  });

  it('sends no app token where there is none', async () => {
    const { webApi, requests } = setUp(() => json(null));
    const credential = { authorization: 'Basic anRlOg==', appToken: undefined };

    await webApi.chatSession({ ...access, credential }, 648);

    expect(requests[0]?.headers.has('so-apptoken')).toBe(false);
  });

  it('asks for a session and for the ticket’s owner with GET', async () => {
    const { webApi, requests } = setUp(() => json(null));

    await webApi.chatSession(access, 648);
    await webApi.currentPrincipal(access);

    expect(requests.map((request) => [request.method, pathOf(request)])).toEqual([
      ['GET', '/Cust12345/api/v1/ChatSession/648'],
      ['GET', '/Cust12345/api/v1/User/currentPrincipal'],
    ]);
  });

  it.each([
    ['ann@example.com', 'ann%40example.com'],
    ['a b', 'a%20b'],
    ['a/../b?c#d', 'a%2F..%2Fb%3Fc%23d'],
    ['..\\..', '..%5C..'],
    ['é𝒜', '%C3%A9%F0%9D%92%9C'],
    ['\ud800', '%EF%BF%BD'],
    ['100%', '100%25'],
  ])('keeps %j inside its path segment', async (toAssociate, segment) => {
    const { webApi, requests } = setUp(() => json(null));

    await webApi.transferTo(access, 648, toAssociate);

    expect(pathOf(requests[0])).toBe(`/Cust12345/api/v1/ChatSession/648/TransferTo/${segment}`);
  });

  it('never leaves the path of the transfer, whatever the associate is called', async () => {
    const names = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((name) => name !== '.' && name !== '..');

    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const { webApi, requests } = setUp(() => json(null));
        await webApi.transferTo(access, 648, name);
        const segments = pathOf(requests[0]).split('/');
        expect(segments).toHaveLength(8);
        expect(decodeURIComponent(segments.at(-1) ?? '')).toBe(name.toWellFormed());
      }),
    );
  });

  it('reads the session', async () => {
    const { webApi } = setUp(() => json(chatSessionEntity()));

    expect(await webApi.transferTo(access, 648, '8')).toEqual({
      kind: 'ok',
      httpStatus: 200,
      value: chatSession(),
    });
  });

  it('takes null for an answer: there is no such session', async () => {
    const { webApi } = setUp(() => json(null));

    expect(await webApi.transferTo(access, 648, '8')).toMatchObject({ kind: 'ok', value: null });
    expect(await webApi.chatSession(access, 648)).toMatchObject({ kind: 'ok', value: null });
  });

  it('does not take another session for the answer', async () => {
    const { webApi } = setUp(() => json(chatSessionEntity({ ChatSessionId: 649 })));

    expect(await webApi.transferTo(access, 648, '8')).toEqual({
      kind: 'bad-response',
      httpStatus: 200,
      lacks: 'ChatSessionId',
    });
  });

  it('reads whose ticket it is, and does not take null for an answer', async () => {
    const carrier = {
      AssociateId: 7,
      EjUserId: 107,
      Associate: 'router',
      UserName: router.userName,
    };
    const known = setUp(() => json(carrier)).webApi;
    const unknown = setUp(() => json(null)).webApi;

    expect(await known.currentPrincipal(access)).toMatchObject({ kind: 'ok', value: router });
    expect(await unknown.currentPrincipal(access)).toEqual({
      kind: 'bad-response',
      httpStatus: 200,
      lacks: 'AssociateId',
    });
  });

  it('gives a call up after its timeout', async () => {
    const { webApi, clock } = setUp(hangs);

    const answer = webApi.transferTo(access, 648, '8');
    const before = clock.now();

    expect(await clock.until(answer)).toEqual({ kind: 'timeout', httpStatus: null });
    expect(clock.now() - before).toBe(5_000);
  });

  it('counts a Retry-After date from when the answer came', async () => {
    const { webApi, clock } = setUp(() =>
      json('', {
        status: 503,
        headers: { 'retry-after': new Date(clock.now() + 3_000).toUTCString() },
      }),
    );

    expect(await webApi.transferTo(access, 648, '8')).toMatchObject({ retryAfterMs: 3_000 });
  });
});
