import type { Read } from './answer.ts';
import { type Associate, isId, readAssociate } from './associate.ts';

/**
 * As much of ChatSessionEntity as routing needs; no customer field, no SessionKey.
 * @see https://docs.superoffice.com/en/api/reference/restful/rest/ChatSession/
 */
export type ChatSession = {
  chatSessionId: number;
  topicId: number | null;
  /** As SuperOffice spells it, e.g. `InQueue`, `CustomerLast`: an open set. */
  status: string | null;
  /** Who handles the session now. */
  user: Associate | null;
  /** Who has been asked to take it and has not answered yet. */
  transferTo: Associate | null;
  chatbotIsActive: boolean | null;
  /** Dates are RFC 3339 in UTC. */
  whenRequested: string | null;
  whenStarted: string | null;
  whenEnded: string | null;
  whenIdle: string | null;
};

/** Reads an entity, which is the session that was asked for where it has its id. */
export function readChatSession(json: unknown, chatSessionId: number): Read<ChatSession> {
  const entity = Object(json) as Record<string, unknown>;
  if (entity.ChatSessionId !== chatSessionId) return { ok: false, lacks: 'ChatSessionId' };
  const { Status, TopicId, ChatbotIsActive } = entity;
  const value = {
    chatSessionId,
    topicId: isId(TopicId) ? TopicId : null,
    status: typeof Status === 'string' ? Status.slice(0, 64) : null,
    user: readAssociate(entity.User),
    transferTo: readAssociate(entity.TransferTo),
    chatbotIsActive: typeof ChatbotIsActive === 'boolean' ? ChatbotIsActive : null,
    whenRequested: readDate(entity.WhenRequested),
    whenStarted: readDate(entity.WhenStarted),
    whenEnded: readDate(entity.WhenEnded),
    whenIdle: readDate(entity.WhenIdle),
  };
  return { ok: true, value };
}

/**
 * SuperOffice writes 0001-01-01 for "never". A date without an offset is in a time zone we cannot
 * know (we ask for UTC with offsets), so it is left out rather than guessed.
 */
function readDate(value: unknown): string | null {
  if (typeof value !== 'string' || !/T.*(Z|[+-]\d\d:?\d\d)$/i.test(value)) return null;
  const instant = new Date(value);
  const year = instant.getUTCFullYear();
  // Before the first year SuperOffice's database knows, or past the last one RFC 3339 can write.
  return year >= 1753 && year <= 9999 ? instant.toISOString() : null;
}
