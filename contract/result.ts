/** Every outcome of version 1; readers of results ignore words they do not know. */
export const outcomes = [
  'transfer-pending',
  'assigned',
  'not-applied',
  'failed',
  'superseded',
  'expired',
  'unknown',
  'invalid-event',
  'declined',
  'unanswered',
  'would-transfer',
] as const;
export type Outcome = (typeof outcomes)[number];

/** Why a transfer was not applied. Only with the outcome `not-applied`. */
export const causes = [
  'no-session',
  'ended',
  'chatbot-active',
  'in-queue',
  'other-transfer-pending',
  'owned-by-another',
  'unclear',
  'taken-by-another',
] as const;
export type Cause = (typeof causes)[number];

/** What came of asking one associate. `withdrawn`: something else ended it; `unknown`: not seen. */
export const offerAnswers = [
  'accepted',
  'declined',
  'unanswered',
  'not-applied',
  'withdrawn',
  'unknown',
] as const;
export type OfferAnswer = (typeof offerAnswers)[number];

/** A SuperOffice associate, as much of one as a result may carry. */
export type Associate = {
  associateId: number;
  /** The id by which webhooks and triggers know the same person. */
  ejUserId: number | null;
  name: string | null;
};

/** What SuperOffice showed of the chat session: no customer field, no session key. Dates are UTC. */
export type SessionView = {
  chatSessionId: number;
  topicId: number | null;
  user: Associate | null;
  transferTo: Associate | null;
  chatbotIsActive: boolean | null;
  whenRequested: string | null;
  whenStarted: string | null;
  whenEnded: string | null;
  whenIdle: string | null;
};

export type ResultError = {
  code: string;
  /** Our words, at most 1,024 characters; never SuperOffice's free text. */
  message: string;
  httpStatus: number | null;
};

/** One associate whom an offer asked. */
export type AskedAssociate = {
  /** As the event has it. */
  toAssociate: string;
  /** null where asking did nothing. */
  askedAt: string | null;
  endedAt: string | null;
  answer: OfferAnswer;
};

/**
 * Body of a message on the result queue: what became of one event.
 * @see route-chat-result.schema.json
 */
export type RouteChatResult = {
  version: 1;
  requestId: string;
  /** The key by which a reader recognises a repeated result. */
  eventMessageId: string;
  eventSequenceNumber: string | null;
  chatSessionId: number | null;
  toAssociate: string | null;
  outcome: Outcome;
  cause: Cause | null;
  /** As SuperOffice spelled it: an open set. */
  sessionStatus: string | null;
  session: SessionView | null;
  actingAs: Associate | null;
  error: ResultError | null;
  source: string | null;
  reason: string | null;
  ignoredFields: string[];
  receiveCount: number;
  sentAt: string;
  completedAt: string;
  /** Who was asked, in order. Only of an offer. */
  offers?: AskedAssociate[];
  /** Whether the chat was picked up from the queue. Only of an event with `pickUp`. */
  pickedUp?: boolean;
};
