import type { ChatSession } from './chat-session.ts';

/** A session as a test describes it; what is left out is that of a live chat of `router`. */
export type SeedSession = Partial<ChatSession>;

const own: SeedSession[] = [640, 641, 642, 643, 644, 645, 646, 647, 648, 649].map(
  (chatSessionId) => ({ chatSessionId }),
);

/** One session of every kind a transfer can meet. */
export const seedSessions: readonly SeedSession[] = [
  ...own,
  { chatSessionId: 650, owner: 9, status: 'UserLast' },
  { chatSessionId: 651, owner: null, status: 'InQueue', startedAt: null },
  { chatSessionId: 652, owner: null, status: 'UserLast', chatbotIsActive: true },
  { chatSessionId: 653, status: 'Closed' },
  { chatSessionId: 654, pending: 10 },
  { chatSessionId: 655, status: 'Finished' },
  { chatSessionId: 656, status: 'RequestPosted' },
  { chatSessionId: 657, owner: null, status: 'ClosedFromQueue', startedAt: null },
  { chatSessionId: 658, owner: 9, pending: 8 },
  // Ended while a transfer was still pending: nothing documented says that it is cleared.
  { chatSessionId: 659, status: 'Closed', pending: 8 },
  { chatSessionId: 660, owner: 13, status: 'CustomerLast' },
];

/** Fills in what a test left out. */
export function toChatSession(
  seed: SeedSession,
  chatSessionId: number,
  startedAt: number,
): ChatSession {
  const status = seed.status ?? 'CustomerLast';
  const ended = ['Finished', 'Deleted', 'Closed', 'RequestPosted', 'ClosedFromQueue'];
  return {
    chatSessionId,
    topicId: 3,
    status,
    owner: 7,
    pending: null,
    chatbotIsActive: false,
    requestedAt: startedAt - 60_000,
    startedAt,
    endedAt: ended.includes(status) ? startedAt : null,
    specialMessages: [],
    ...seed,
  };
}
