import { describe, expect, it } from '@jest/globals';
import { userAgent } from '../../../superoffice/user-agent.ts';
import { router } from '../../support/associates.ts';
import { associateCarrier, chatSession, chatSessionEntity } from '../../support/chat-session.ts';
import { ConnectionError, hangs, json } from '../../support/fake-exchange.ts';
import { at, ok, setUpClient, status } from '../../support/superoffice-client.ts';
import { startOfTime } from '../../support/virtual-clock.ts';

const principal = () => {
  const { Name, ...carrier } = associateCarrier(router);
  return json({ ...carrier, Associate: Name });
};
const asTicketA = { authorization: 'SOTicket a', appToken: undefined };

describe('createSuperOffice', () => {
  it('calls as the credential, at the address, for JSON and dates in UTC', async () => {
    const secrets = [JSON.stringify({ ticket: '7T:abc==', appToken: 'app' })];
    const { transfer, clock, requests } = setUpClient({ secrets, addresses: [at('online2')] });

    await clock.until(transfer());

    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://online2.example/api/v1/ChatSession/648/TransferTo/8',
      body: null,
    });
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'SOTicket 7T:abc==',
      'so-apptoken': 'app',
      'so-timezone': 'UTC, includeTZOffset',
      'user-agent': userAgent,
    });
  });

  it('sends no app token where there is none', async () => {
    const { transfer, clock, requests } = setUpClient();

    await clock.until(transfer());

    expect(requests[0]?.headers.has('so-apptoken')).toBe(false);
  });

  it('says what SuperOffice answered, and to whose credential', async () => {
    const { transfer, look, clock } = setUpClient();

    for (const call of [transfer, look]) {
      expect(await clock.until(call())).toEqual({
        kind: 'ok',
        httpStatus: 200,
        value: chatSession(),
        credential: asTicketA,
      });
    }
  });

  it.each([
    ['look', 'GET', '/api/v1/ChatSession/648'],
    ['whoAmI', 'GET', '/api/v1/User/currentPrincipal'],
    ['transfer', 'POST', '/api/v1/ChatSession/648/TransferTo/8'],
    ['pickUp', 'POST', '/api/v1/ChatSession/648/Pickup'],
    ['reset', 'POST', '/api/v1/ChatSession/648/Reset'],
  ] as const)('has a verb for each request: %s', async (verb, method, path) => {
    const client = setUpClient();

    await client.clock.until<unknown>(client[verb]());

    expect(
      client.requests.map((request) => [request.method, new URL(request.url).pathname]),
    ).toEqual([[method, path]]);
  });

  it.each<[string, object | null, object | null]>([
    ['the session', chatSessionEntity(), chatSession()],
    ['nothing that is known', {}, null],
    ['null', null, null],
  ])('takes whatever a 200 to a reset shows: %s', async (_, shown, value) => {
    const { reset, clock } = setUpClient({ answers: [() => Response.json(shown)] });

    expect(await clock.until(reset())).toMatchObject({ kind: 'ok', value });
  });

  it.each<[string, object, Parameters<typeof setUpClient>[0]]>([
    [
      'the connection is refused',
      { kind: 'unreachable', httpStatus: null },
      { connect: () => Promise.reject(new ConnectionError()) },
    ],
    [
      'the connection breaks',
      { kind: 'connection-lost', httpStatus: null },
      { answers: [() => Promise.reject(new ConnectionError())] },
    ],
    ['nothing is answered', { kind: 'timeout', httpStatus: null }, { answers: [hangs] }],
    [
      'too much is answered',
      { kind: 'bad-response', httpStatus: 200 },
      { answers: [() => new Response('x'.repeat(1_048_577))] },
    ],
    [
      'another session is answered',
      { kind: 'bad-response', httpStatus: 200, lacks: 'ChatSessionId' },
      { answers: [() => json(chatSessionEntity({ ChatSessionId: 649 }))] },
    ],
    ['it redirects', { kind: 'bad-response', httpStatus: 302 }, { answers: [status(302)] }],
    ['it fails', { kind: 'unavailable', httpStatus: 500 }, { answers: [status(500)] }],
  ])('does not reject where %s', async (_, end, given) => {
    const { transfer, clock } = setUpClient(given);

    expect(await clock.until(transfer())).toEqual({ ...end, credential: asTicketA });
  });

  it('gives a call up after its timeout', async () => {
    const { look, clock } = setUpClient({ answers: [hangs] });

    await clock.until(look());

    expect(clock.now()).toBe(startOfTime + 250 + 5_000);
  });

  it('lets no transfer leave once its deadline has come', async () => {
    const { transfer, clock, sent } = setUpClient({ connect: (clock) => clock.sleep(1_000) });

    const end = await clock.until(transfer({ deadline: startOfTime + 1_250 }));

    expect(end).toMatchObject({ kind: 'unreachable' });
    expect(clock.now()).toBe(startOfTime + 1_250);
    expect(sent).toEqual([]);
  });

  it('lets what has no deadline leave when its connection stands', async () => {
    const { look, clock, sent } = setUpClient({ connect: (clock) => clock.sleep(4_000) });

    const end = await clock.until(look({ latestStart: startOfTime + 250 }));

    expect(end).toMatchObject({ kind: 'ok' });
    expect(sent).toMatchObject([{ at: 4_250 }]);
  });
});

describe('createSuperOffice: prepare', () => {
  it('fetches credential and address, and calls nobody', async () => {
    const { superOffice, clock, read, sent, look } = setUpClient({ secretMs: 1_000 });

    await clock.until(superOffice.prepare());
    expect(clock.now()).toBe(startOfTime + 1_000);
    expect(read).toEqual({ secret: 1, address: 1 });
    expect(sent).toEqual([]);
    await clock.until(look());

    expect(read.secret).toBe(1);
    expect(sent).toMatchObject([{ at: 1_000 }]);
  });

  it('does not reject where there is no credential', async () => {
    const { superOffice, clock } = setUpClient({ secrets: [''] });

    await expect(clock.until(superOffice.prepare())).resolves.toBeUndefined();
  });
});

describe('createSuperOffice: idle', () => {
  it('passes one spacing after the last request left', async () => {
    const { superOffice, clock, look } = setUpClient({ connect: (clock) => clock.sleep(1_000) });
    await clock.until(look());

    await clock.until(superOffice.idle());

    expect(clock.now()).toBe(startOfTime + 1_500);
  });
});

describe('createSuperOffice: ownerOf', () => {
  it('asks once for the credential of a call, and knows it from then on', async () => {
    const { superOffice, clock, look, sent } = setUpClient({ answers: [ok, principal] });
    const end = await clock.until(look());
    const credential = 'credential' in end ? end.credential : undefined;
    if (!credential) throw new Error(`unexpected ${end.kind}`);
    const limits = { latestStart: startOfTime + 60_000 };

    expect(superOffice.knownOwnerOf(credential)).toBeNull();
    expect(await clock.until(superOffice.ownerOf(credential, limits))).toEqual(router);
    expect(await clock.until(superOffice.ownerOf(credential, limits))).toEqual(router);

    expect(superOffice.knownOwnerOf(credential)).toEqual(router);
    expect(sent.map((one) => one.at)).toEqual([250, 500]);
  });

  it('asks within its limits', async () => {
    const { superOffice, clock, sent } = setUpClient({ answers: [principal] });
    const limits = { latestStart: startOfTime + 249 };

    expect(await clock.until(superOffice.ownerOf(asTicketA, limits))).toBeNull();
    expect(sent).toEqual([]);
  });

  it('goes after a transfer that waits, as a look does', async () => {
    const { superOffice, clock, transfer, requests } = setUpClient();
    const limits = { latestStart: startOfTime + 60_000 };

    const asked = superOffice.ownerOf(asTicketA, limits);
    await clock.until(Promise.all([asked, transfer()]));

    expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});
