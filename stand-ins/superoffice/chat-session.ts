import { type SeedAssociate, toAssociateCarrier } from './associates.ts';
import { type DateStyle, toWireDate } from './date-style.ts';
import { customer } from './personal-data.ts';

/** `ChatSessionStatus` as it goes over the wire. */
export type ChatSessionStatus =
  | 'Invalid'
  | 'PreChatForm'
  | 'Faq'
  | 'OfflineForm'
  | 'InQueue'
  | 'CustomerLast'
  | 'UserLast'
  | 'Finished'
  | 'Deleted'
  | 'Closed'
  | 'RequestPosted'
  | 'ClosedFromQueue';

/** What the stand-in knows of a chat session. */
export interface ChatSession {
  chatSessionId: number;
  topicId: number;
  status: ChatSessionStatus;
  /** AssociateId of who handles it now. */
  owner: number | null;
  /** AssociateId of who has been asked to take it over. */
  pending: number | null;
  chatbotIsActive: boolean;
  requestedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Special messages by number, oldest first: 6 is a transfer, 13 a rejected one. */
  specialMessages: number[];
}

/** Only here can a session be handed on: a person is chatting with a person. */
export const isActive = ({ status }: ChatSession) =>
  status === 'CustomerLast' || status === 'UserLast';

const fieldProperties = {
  Status: {
    FieldRight: { Mask: 'Read, Write', Reason: '' },
    FieldType: 'System.Int32',
    FieldLength: 4,
  },
  Rating: { FieldRight: null, FieldType: 'System.Int32', FieldLength: 4 },
};

/** The 33 properties of a `ChatSessionEntity`, nulls kept. */
export function toChatSessionEntity(
  session: ChatSession,
  find: (associateId: number) => SeedAssociate | undefined,
  dates: DateStyle,
) {
  const carrier = (associateId: number | null) => {
    const who = associateId === null ? undefined : find(associateId);
    return who === undefined ? null : toAssociateCarrier(who);
  };
  const date = (at: number | null) => toWireDate(at, dates);
  // Rights come filled or not at all; both forms must be met by whoever reads an entity.
  const withRights = session.chatSessionId % 2 === 0;
  return {
    ChatSessionId: session.chatSessionId,
    TopicId: session.topicId,
    User: carrier(session.owner),
    Person: null,
    CustomerAlias: customer.alias,
    CustomerHost: customer.host,
    CustomerName: customer.name,
    CustomerEmail: customer.email,
    CustomerPhone: customer.phone,
    CustomerConsented: true,
    CustomerCompanyName: customer.company,
    Status: session.status,
    FirstMessage: customer.firstMessage,
    LastMessage: customer.lastMessage,
    WhenRequested: date(session.requestedAt),
    WhenStarted: date(session.startedAt),
    WhenEnded: date(session.endedAt),
    WhenIdle: date(session.startedAt ?? session.requestedAt),
    WhenFetched: date(session.requestedAt),
    SessionKey: customer.sessionKey,
    InitialQueuePos: 1,
    AlertLevel: 0,
    Rank: session.owner === null ? 0 : 1,
    Flags: withRights ? 'CustomerIsTyping, UserIsTyping' : 'CustomerIsTyping',
    Contact: null,
    Project: null,
    Sale: null,
    Ticket: null,
    TransferTo: carrier(session.pending),
    ChatbotIsActive: session.chatbotIsActive,
    Rating: 0,
    TableRight: withRights ? { Mask: 'Select, Update', Reason: '' } : null,
    FieldProperties: withRights ? fieldProperties : {},
  };
}

/** A chat session as the WebAPI returns it. */
export type ChatSessionEntity = ReturnType<typeof toChatSessionEntity>;
