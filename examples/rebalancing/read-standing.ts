import { setTimeout as sleep } from 'node:timers/promises';
import type { Person, Standing } from './plan-moves.ts';

const callTimeoutMs = 5_000;
/** More are not moved in a minute, whatever the limits. */
const mostChats = 200;

export type SuperOfficeOptions = {
  /** Its base address, ending in `/api`. */
  webApiUrl: string;
  /** What authenticates. */
  headers: Record<string, string>;
  /** Between two calls, which go one at a time. */
  callSpacingMs: number;
  /** Which id the `UserId` of GetChatPresence is. */
  presenceUserId: 'ejUserId' | 'associateId';
};

/**
 * Asks SuperOffice who is there and what this associate is serving, in four calls, and for nothing a
 * customer has said or is called.
 * @throws Error that says which call was refused, or that presence names nobody who is known.
 */
export async function readStanding(options: SuperOfficeOptions): Promise<Standing> {
  const { webApiUrl, headers, callSpacingMs, presenceUserId } = options;
  let calls = 0;
  const call = async <Answer>(path: string, method = 'GET') => {
    if (calls > 0) await sleep(callSpacingMs);
    calls += 1;
    const response = await fetch(`${webApiUrl}/v1/${path}`, {
      method,
      headers: { accept: 'application/json', ...headers },
      // It would carry the app token along.
      redirect: 'error',
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    const [what] = path.split('?');
    if (!response.ok)
      throw new Error(`SuperOffice answered ${response.status} to ${method} ${what}`);
    return (await response.json()) as Answer;
  };

  const { AssociateId: me } = await call<{ AssociateId: number }>('User/currentPrincipal');
  const presence = await call<Presence[]>('Agents/Chat/GetChatPresence', 'POST');
  const users = await call<Rows<User>>('archive/internalusers?$select=associateDbId,ejUserId');
  const sessions = await call<Rows<Session>>(
    'archive/SimpleChatSession?$select=chatSessionId,chatTopic/chatTopicId' +
      // What customer or associate wrote last in.
      `&$filter=status oneOf (5,6) and associateId oneOf (${me})` +
      `&$orderBy=whenStarted desc&$top=${mostChats}`,
  );
  return {
    me,
    myChats: sessions.value.map((row) => ({
      chatSessionId: row.chatSessionId,
      topicId: row['chatTopic/chatTopicId'],
    })),
    people: toPeople(presence, users.value, presenceUserId),
  };
}

/** An archive's rows. */
type Rows<Row> = { value: Row[] };
type Session = { chatSessionId: number; 'chatTopic/chatTopicId': number };
type Presence = { UserId: number; OngoingChats: number; Present: boolean; ChatTopics: number[] };
type User = { associateDbId: number; ejUserId: number };

/**
 * Chat users as associates, whom alone a chat can be handed to.
 * @throws Error where there is an id that is nobody's: it may be of the other kind, and then a chat
 * would go to somebody else.
 */
export function toPeople(
  presence: readonly Presence[],
  users: readonly User[],
  presenceUserId: SuperOfficeOptions['presenceUserId'],
): Person[] {
  return presence.map(({ UserId, OngoingChats, Present, ChatTopics }) => {
    const user = users.find(({ associateDbId, ejUserId }) =>
      presenceUserId === 'ejUserId' ? ejUserId === UserId : associateDbId === UserId,
    );
    if (!user) {
      throw new Error(
        `GetChatPresence: expected UserId to be an ${presenceUserId}; found ${UserId}, which is nobody's. See PRESENCE_USER_ID.`,
      );
    }
    return {
      associateId: user.associateDbId,
      isPresent: Present,
      ongoingChats: OngoingChats,
      topics: ChatTopics,
    };
  });
}
