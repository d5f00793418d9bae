type ExpiresAt = { expiresAt?: Date | string | undefined; expiresInSeconds?: never };
type ExpiresIn = { expiresAt?: never; expiresInSeconds?: number | undefined };

/**
 * An event as its producer writes it: hand one chat session to one associate.
 * @see route-chat-event.schema.json
 */
export type RouteChatEventInput = {
  /** SuperOffice chat session id. */
  chatSessionId: number;
  /** Associate id (preferred) or user name; never an ejUser id, as webhooks give it. */
  toAssociate: number | string;
  /**
   * Your id for the request, echoed in the result. With it, an event that is sent a second time
   * within five minutes stays one event.
   */
  requestId?: string | undefined;
  /** Who asked, e.g. `rebalancing:night`: echoed. */
  source?: string | undefined;
  /** Why, for whoever reads the result: echoed. */
  reason?: string | undefined;
  /** Not applied after `expiresAt`, or so many seconds after it reached the queue; not both. */
} & (ExpiresAt | ExpiresIn);

/** `Event` where it has no field but an event's: a misspelt one does not compile, wherever it stands. */
export type NoOtherFields<Event> = Event & {
  [Name in Exclude<keyof Event, keyof RouteChatEventInput>]: never;
};
