import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { router } from './associates.ts';

/** A session as routing sees it: the ticket's own, and nobody asked to take it. */
export const chatSession = (given: Partial<ChatSession> = {}): ChatSession => ({
  chatSessionId: 648,
  topicId: 3,
  status: 'CustomerLast',
  user: router,
  transferTo: null,
  chatbotIsActive: false,
  whenRequested: '2026-11-22T08:00:00.000Z',
  whenStarted: '2026-11-22T08:01:00.000Z',
  whenEnded: null,
  whenIdle: '2026-11-22T08:02:00.000Z',
  ...given,
});

/** The Associate carrier as SuperOffice writes it. */
export const associateCarrier = (associate: Associate) => ({
  AssociateId: associate.associateId,
  Name: associate.name,
  PersonId: 11,
  FullName: 'Given Family',
  EjUserId: associate.ejUserId,
  UserName: associate.userName,
});

/** ChatSessionEntity as SuperOffice writes it, with what must never leave us. */
export const chatSessionEntity = (given: Record<string, unknown> = {}) => ({
  ChatSessionId: 648,
  TopicId: 3,
  User: associateCarrier(router),
  CustomerName: 'Customer Name',
  CustomerEmail: 'customer@example.com',
  Status: 'CustomerLast',
  FirstMessage: 'my secret question',
  WhenRequested: '2026-11-22T08:00:00Z',
  WhenStarted: '2026-11-22T08:01:00Z',
  WhenEnded: '0001-01-01T00:00:00Z',
  WhenIdle: '2026-11-22T08:02:00Z',
  SessionKey: 'corporis',
  TransferTo: null,
  ChatbotIsActive: false,
  ...given,
});
