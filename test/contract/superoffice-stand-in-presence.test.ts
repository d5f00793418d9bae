import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';

const [router, ann, ben, system] = [7, 8, 9, 13] as const;

let standIn: SuperOfficeStandIn;

beforeAll(async () => {
  standIn = await startSuperOffice();
});
afterAll(() => standIn.close());

const call = async (path: string, method = 'GET') => {
  const authorization = `SOTicket ${standIn.tenant.issueTicket('router')}`;
  const headers = { authorization, 'so-apptoken': appToken };
  const response = await fetch(`${standIn.webApiUrl}/v1/${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, text, json: text === '' ? null : JSON.parse(text) };
};
const archive = (query: string) => call(`archive/SimpleChatSession?${query}`);

describe('Agents/Chat/GetChatPresence', () => {
  const presence = async () => (await call('Agents/Chat/GetChatPresence', 'POST')).json;

  it('tells of every chat user who is there, on which topics and with how many chats', async () => {
    standIn.tenant.presence.set(ben, { isPresent: false, topics: [3, 4] });

    const users = await presence();

    expect(users).toContainEqual(
      expect.objectContaining({
        UserId: 109,
        OngoingChats: 2,
        Present: false,
        ChatTopics: [3, 4],
      }),
    );
    expect(users).toContainEqual(
      expect.objectContaining({ UserId: 108, OngoingChats: 0, Present: true, ChatTopics: [3] }),
    );
    expect(users).toHaveLength(standIn.tenant.associates.length - 1);
  });

  it('can name them by associate id, since which id it is, is not documented', async () => {
    standIn.tenant.answers.presenceUserId = 'associateId';

    const ids = (await presence()).map(({ UserId }: { UserId: number }) => UserId);

    standIn.tenant.answers.presenceUserId = 'ejUserId';
    expect(ids).toContain(ann);
    expect(ids).not.toContain(system);
  });
});

describe('MDOList/chatuser', () => {
  const ids = async (query: string) =>
    (await call(`MDOList/chatuser?${query}`)).json.map(({ Id }: { Id: number }) => Id);

  it('lists ejUser ids, or associates where they are asked for', async () => {
    expect(await ids('')).toContain(108);
    expect(await ids('associate=True')).toEqual(expect.arrayContaining([router, ann, ben]));
  });

  it('leaves out who is away, who asks, and who has not the topic', async () => {
    standIn.tenant.presence.set(ben, { isPresent: false, topics: [3] });
    standIn.tenant.presence.set(ann, { isPresent: true, topics: [3, 9] });

    expect(await ids('associate=True&onlyPresent=True&removeSelf=True&topicId=9')).toEqual([ann]);
    expect(await ids('associate=True&onlyPresent=True')).not.toContain(ben);
    expect(await ids('associate=True&removeSelf=True')).not.toContain(router);
  });
});

describe('archive', () => {
  it('shows who waits, in the columns that are asked for', async () => {
    const { json, text } = await archive(
      '$select=chatSessionId,whenRequested,associate/ejUserId,chatTopic/chatTopicId&$filter=status oneOf (4)&$orderBy=whenRequested&$top=50',
    );

    expect(json.value).toEqual([
      {
        PrimaryKey: '651',
        EntityName: 'row',
        chatSessionId: 651,
        whenRequested: expect.any(String),
        'associate/ejUserId': 0,
        'chatTopic/chatTopicId': 3,
      },
    ]);
    for (const secret of personalData) expect(text).not.toContain(secret);
  });

  it('filters by several columns, orders and cuts off', async () => {
    const { json } = await archive(
      '$select=chatSessionId&$filter=status oneOf (5,6) and associateId oneOf (9)&$orderBy=chatSessionId desc&$top=1',
    );

    expect(json.value).toMatchObject([{ chatSessionId: 658 }]);
  });

  it('shows the customer to whoever selects nothing', async () => {
    expect((await archive('$top=1')).text).toContain('Quagga');
  });

  it.each(['$select=nonsense', '$filter=status near 4', '$orderBy=nonsense'])(
    'refuses %s',
    async (query) => {
      expect((await archive(query)).status).toBe(400);
    },
  );

  it('tells which ejUser is which associate', async () => {
    const { json } = await call('archive/internalusers?$select=associateDbId,ejUserId,isActive');

    expect(json.value).toContainEqual({
      PrimaryKey: '8',
      EntityName: 'row',
      associateDbId: 8,
      ejUserId: 108,
      isActive: true,
    });
  });
});
