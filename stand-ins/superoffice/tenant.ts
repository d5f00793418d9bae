import type { SeedAssociate } from './associates.ts';
import type { ChatPresence } from './chat-presence.ts';
import type { ChatSession, ChatSessionEntity } from './chat-session.ts';
import type { DateStyle } from './date-style.ts';
import type { SeedSession } from './seed-sessions.ts';
import type { Tickets } from './tickets.ts';

/** Answers the documentation leaves open; a real tenant may give any of them. */
export interface UndocumentedAnswers {
  unknownSession: 'not-found' | 'null';
  unknownTarget: 'nothing' | 'bad-request' | 'not-found' | 'server-error';
  /** An id in the path that is not an int32. */
  malformedId: 'bad-request' | 'not-found';
  /** Whether a manager's ticket may move sessions that belong to others. */
  managersMoveOthers: boolean;
  /** What the `UserId` of GetChatPresence is. */
  presenceUserId: 'ejUserId' | 'associateId';
}

/** What was asked of a session, and whether it changed anything: a repeat does not. */
export interface HistoryEntry {
  at: number;
  sessionId: number;
  /** AssociateId; null for the customer's side. */
  caller: number | null;
  action: 'transfer' | 'accept' | 'reject' | 'cancel' | 'pickup' | 'reset' | 'close' | 'reopen';
  /** `toAssociate` as it was sent. */
  target: string | null;
  applied: boolean;
}

/** A SuperOffice tenant without the wire: state and behaviour on an injected clock. */
export interface Tenant extends Tickets {
  readonly customerId: string;
  readonly now: () => number;
  readonly associates: readonly SeedAssociate[];
  readonly answers: UndocumentedAnswers;
  readonly presence: ChatPresence;
  /** The ground truth, oldest first. */
  readonly history: HistoryEntry[];
  findAssociate(toAssociate: string): SeedAssociate | undefined;
  /** Adds a live chat of `router` unless told otherwise; returns its id. */
  addSession(seed?: SeedSession): number;
  /** The state behind all entities. */
  sessions(): readonly Readonly<ChatSession>[];
  /** The state behind the entity, for tests to look at; null for an unknown id. */
  peek(id: number): Readonly<ChatSession> | null;
  get(id: number, dates?: DateStyle): ChatSessionEntity | null;
  /** Asks that the session be handed on. Changes nothing unless it is the caller's and active. */
  transferTo(
    caller: number,
    id: number,
    target: string,
    dates?: DateStyle,
  ): ChatSessionEntity | null;
  /** By the associate the session is offered to, unless another caller is named. */
  accept(id: number, caller?: number, dates?: DateStyle): ChatSessionEntity | null;
  reject(id: number, caller?: number, dates?: DateStyle): ChatSessionEntity | null;
  /** By the owner, unless another caller is named: as *Cancel transfer* would, which has no call. */
  cancel(id: number, caller?: number): ChatSessionEntity | null;
  /** Null unless the session was in the queue. */
  pickup(caller: number, id: number, dates?: DateStyle): ChatSessionEntity | null;
  /** Puts a session that has not ended back into the queue, whoever asks. */
  reset(caller: number, id: number, dates?: DateStyle): ChatSessionEntity | null;
  /** Ends the session as the customer would. */
  close(id: number): ChatSessionEntity | null;
  /** Takes an ended session up again as the customer may. */
  reopen(id: number): ChatSessionEntity | null;
}
