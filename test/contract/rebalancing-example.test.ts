import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findWebApi, headersOf } from '../../examples/rebalancing/access.ts';
import { readStanding, toPeople } from '../../examples/rebalancing/read-standing.ts';
import { appToken, passwordOf } from '../../stand-ins/superoffice/authorize.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';

const [router, ann, dee] = [7, 8, 11] as const;

let standIn: SuperOfficeStandIn;

beforeAll(async () => {
  standIn = await startSuperOffice();
  standIn.tenant.presence.set(dee, { isPresent: false });
});
afterAll(() => standIn.close());

const read = (given = {}) =>
  readStanding({
    webApiUrl: standIn.webApiUrl,
    headers: headersOf(JSON.stringify({ ticket: standIn.tenant.issueTicket('router'), appToken })),
    callSpacingMs: 0,
    presenceUserId: 'ejUserId',
    ...given,
  });

describe('readStanding', () => {
  it('tells whose chats they are, the newest first, and who is there', async () => {
    const newest = standIn.tenant.addSession({ startedAt: Date.now() + 1_000, topicId: 5 });

    const { me, myChats, people } = await read();

    expect(me).toBe(router);
    expect(myChats[0]).toEqual({ chatSessionId: newest, topicId: 5 });
    expect(myChats.map(({ chatSessionId }) => chatSessionId)).toContain(648);
    // Somebody else's, one that waits, and one that is over.
    for (const id of [650, 651, 653]) {
      expect(myChats.map(({ chatSessionId }) => chatSessionId)).not.toContain(id);
    }
    expect(people).toContainEqual({
      associateId: dee,
      isPresent: false,
      ongoingChats: 0,
      topics: [3],
    });
  });

  it('knows associates by either id, as presence has it', async () => {
    const byEjUser = await read();
    standIn.tenant.answers.presenceUserId = 'associateId';
    const byAssociate = await read({ presenceUserId: 'associateId' });
    const wrong = read();

    await expect(wrong).rejects.toThrow(/expected UserId to be an ejUserId; found 7/);
    standIn.tenant.answers.presenceUserId = 'ejUserId';
    expect(byAssociate.people).toEqual(byEjUser.people);
    expect(byAssociate.people.map(({ associateId }) => associateId)).toContain(ann);
  });

  it('makes four calls, one at a time and apart, and asks for nothing of a customer', async () => {
    const before = standIn.calls.length;

    const standing = await read({ callSpacingMs: 40 });

    const calls = standIn.calls.slice(before);
    expect(calls.map(({ route }) => route)).toEqual([
      'principal',
      'chat-presence',
      'archive',
      'archive',
    ]);
    for (const [index, { at }] of calls.entries()) {
      expect(at - (calls[index - 1]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(39);
    }
    for (const { path } of calls.filter(({ route }) => route === 'archive')) {
      expect(path).toMatch(/[?]\$select=/);
      expect(path).not.toMatch(/customer|message/i);
    }
    for (const secret of personalData) expect(JSON.stringify(standing)).not.toContain(secret);
  });

  it('says which call was refused, and nothing of what it carried', async () => {
    const refused = read({ headers: { authorization: 'SOTicket 7T:secret' } });

    await expect(refused).rejects.toThrow('SuperOffice answered 401 to GET User/currentPrincipal');
  });
});

describe('toPeople', () => {
  it('refuses ids that are nobody’s: a chat would go to somebody else', () => {
    const presence = [{ UserId: 8, OngoingChats: 0, Present: true, ChatTopics: [3] }];
    const users = [{ associateDbId: 8, ejUserId: 108 }];

    expect(() => toPeople(presence, users, 'ejUserId')).toThrow(
      /found 8, which is nobody’s|PRESENCE/,
    );
    expect(toPeople(presence, users, 'associateId')).toMatchObject([{ associateId: 8 }]);
  });
});

describe('headersOf', () => {
  it.each([
    [
      { ticket: 'T', appToken: 'A' },
      { authorization: 'SOTicket T', 'so-apptoken': 'A' },
    ],
    [{ bearerToken: 'B' }, { authorization: 'Bearer B' }],
    [
      { username: 'ann', password: passwordOf('ann') },
      { authorization: `Basic ${btoa(`ann:${passwordOf('ann')}`)}` },
    ],
  ])('authenticates by %j', (secret, headers) => {
    expect(headersOf(JSON.stringify(secret))).toEqual(headers);
  });

  it.each(['not JSON, but a secret', '{"tiket":"a secret"}'])('names no secret: %s', (secret) => {
    expect(() => headersOf(secret)).toThrow(/^The secret: expected [a-zA-Z, ]+\.$/);
  });
});

describe('findWebApi', () => {
  it('takes the address that was given, or asks the state service', async () => {
    expect(await findWebApi({ WEB_API_URL: 'https://x.example/api' })).toBe(
      'https://x.example/api',
    );
  });

  it('follows no address that is not SuperOffice’s', async () => {
    const found = findWebApi({ TENANT_STATE_URL: standIn.stateUrl });

    await expect(found).rejects.toThrow('not followed');
  });
});
