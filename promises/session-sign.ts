import type { ReceivedResult } from '../contract/parse-result.ts';
import { type ChatSession, isActive } from '../stand-ins/superoffice/chat-session.ts';
import type { SentEvent } from './run-record.ts';

export type Sign = 'transfer-pending' | 'assigned' | 'none';

/** Whom the function's credential belongs to: `router`, in every run. */
export const routerId = 7;

/** What a chat shows of a transfer: read off the stand-in's own state, not by the function's eyes. */
export function signOf(session: Readonly<ChatSession> | null, associateId: number): Sign {
  if (!session || !isActive(session)) return 'none';
  if (session.pending === associateId) return 'transfer-pending';
  return session.pending === null && session.owner === associateId ? 'assigned' : 'none';
}

/** Whether a transfer of it would do something, or a pick-up before. */
export const mayBeMoved = (
  session: Readonly<ChatSession> | null,
  { associateId, yields }: Pick<SentEvent, 'associateId' | 'yields'>,
) =>
  session !== null &&
  session.endedAt === null &&
  !session.chatbotIsActive &&
  (session.owner === routerId || session.status === 'InQueue') &&
  signOf(session, associateId) === 'none' &&
  !(yields && session.pending !== null);

/** Whether a cause fits what the chat was. */
export function causeFits(
  cause: ReceivedResult['cause'],
  session: Readonly<ChatSession> | null,
): boolean {
  if (!session) return cause === 'no-session';
  switch (cause) {
    case 'ended':
      return session.endedAt !== null;
    case 'chatbot-active':
      return session.chatbotIsActive;
    case 'in-queue':
      return session.owner === null;
    case 'other-transfer-pending':
      return session.pending !== null;
    case 'owned-by-another':
      return session.owner !== null && session.owner !== routerId;
    case 'unclear':
      // Whose it is, may not be known.
      return !(['ended', 'chatbot-active', 'in-queue', 'other-transfer-pending'] as const).some(
        (other) => causeFits(other, session),
      );
    default:
      return false;
  }
}
