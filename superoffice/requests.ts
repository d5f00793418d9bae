import type { Read } from './answer.ts';
import { type Associate, readPrincipal } from './associate.ts';
import { type ChatSession, readChatSession } from './chat-session.ts';

/** One request to SuperOffice's REST API, and how the JSON of its 200 is read. */
export type Request<Value> = {
  method: 'GET' | 'POST';
  /** Below `/api/v1/`. */
  path: string;
  read(json: unknown): Read<Value>;
};

/** Asks that the session be handed to an associate. 200 also when nothing happened; null: no session. */
export const transferTo = (
  chatSessionId: number,
  toAssociate: string,
): Request<ChatSession | null> => ({
  method: 'POST',
  path: `ChatSession/${chatSessionId}/TransferTo/${encodePathSegment(toAssociate)}`,
  read: sessionReader(chatSessionId),
});

/** Shows the session as it is. */
export const look = (chatSessionId: number): Request<ChatSession | null> => ({
  method: 'GET',
  path: `ChatSession/${chatSessionId}`,
  read: sessionReader(chatSessionId),
});

/** Assigns a session that waits in the queue to the caller; null where it does not wait there. */
export const pickUp = (chatSessionId: number): Request<ChatSession | null> => ({
  method: 'POST',
  path: `ChatSession/${chatSessionId}/Pickup`,
  read: sessionReader(chatSessionId),
});

/** Puts a session back into its queue. What a 200 shows is not documented: null, unless the session. */
export const reset = (chatSessionId: number): Request<ChatSession | null> => ({
  method: 'POST',
  path: `ChatSession/${chatSessionId}/Reset`,
  read(json) {
    const session = readChatSession(json, chatSessionId);
    return session.ok ? session : { ok: true, value: null };
  },
});

/** Whose credential it is. */
export const whoAmI: Request<Associate> = {
  method: 'GET',
  path: 'User/currentPrincipal',
  read: readPrincipal,
};

const sessionReader =
  (chatSessionId: number) =>
  (json: unknown): Read<ChatSession | null> =>
    json === null ? { ok: true, value: null } : readChatSession(json, chatSessionId);

/** encodeURIComponent throws on half a surrogate pair, which JSON may hold. */
const encodePathSegment = (segment: string) => encodeURIComponent(segment.toWellFormed());
