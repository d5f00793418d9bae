type ExpiresAt = { expiresAt?: Date | string | undefined; expiresInSeconds?: never };
type ExpiresIn = { expiresAt?: never; expiresInSeconds?: number | undefined };

type Associate = number | string;

/** An event that waits for the answer, and asks the next one where it is no or none. */
type Offer = {
  /** How long each who is asked has to accept: 30 to 600. */
  acceptWithinSeconds: number;
  /** Who is asked next, in this order: at most ten, each once. */
  fallbackAssociates?: readonly Associate[] | undefined;
  /** What becomes of the chat where nobody accepts; `leave` unless said. */
  ifNobody?: 'leave' | 'return-to-queue' | undefined;
  /** A chat that waits in the queue is first picked up by the credential's associate. */
  pickUp?: boolean | undefined;
};
type NoMoreThanATime = {
  acceptWithinSeconds?: number | undefined;
  fallbackAssociates?: never;
  ifNobody?: never;
  pickUp?: never;
};

/**
 * An event as its producer writes it: hand one chat session to one associate.
 * @see route-chat-event.schema.json
 */
export type RouteChatEventInput = {
  /** SuperOffice chat session id. */
  chatSessionId: number;
  /** Associate id (preferred) or user name; never an ejUser id, as webhooks give it. */
  toAssociate: Associate;
  /**
   * Your id for the request, echoed in the result. With it, an event that is sent a second time
   * within five minutes stays one event.
   */
  requestId?: string | undefined;
  /** Who asked, e.g. `rebalancing:night`: echoed. */
  source?: string | undefined;
  /** Why, for whoever reads the result: echoed. */
  reason?: string | undefined;
  /** Only looks: the result is `would-transfer`, or says why a transfer would do nothing. */
  dryRun?: boolean | undefined;
  /** Goes neither over a pending transfer nor before an event that does not yield. */
  yields?: boolean | undefined;
  /** Not applied after `expiresAt`, or so many seconds after it reached the queue; not both. */
} & (ExpiresAt | ExpiresIn) &
  (Offer | NoMoreThanATime);

/** `Event` where it has no field but an event's: a misspelt one does not compile, wherever it stands. */
export type NoOtherFields<Event> = Event & {
  [Name in Exclude<keyof Event, keyof RouteChatEventInput>]: never;
};
