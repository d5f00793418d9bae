import type { SuperOfficeEnvironment } from '../../runtime/environment.ts';

/** What the stack tells this function, as environment variables. */
export type RouteChatEnvironment = SuperOfficeEnvironment & {
  /** The FIFO queue the events come from: where visibility timeouts are changed. */
  EVENT_QUEUE_URL: string;
  /** The FIFO queue each event gets its one result on, unless its source has one of its own. */
  RESULT_QUEUE_URL: string;
  /** JSON, `{"source": "url"}`: the result queues that sources have; absent where none has. */
  RESULT_QUEUE_URLS?: string;
  /** Whole seconds, counted from when the event reached its queue. */
  EVENT_TIME_TO_LIVE_SECONDS: string;
  /** Unique id of the function's role: SQS says by it which messages the function sent itself. */
  ROLE_ID: string;
  /** Milliseconds between two requests of one sandbox: sandboxes ÷ calls per second. */
  CALL_SPACING_MS: string;
  /** The FIFO queue on which another credential is asked for; absent where nobody could make one. */
  RENEWAL_QUEUE_URL?: string;
};

/** What the stack tells the second look; the role is the route-chat function's. */
export type SecondLookEnvironment = Omit<
  RouteChatEnvironment,
  'EVENT_QUEUE_URL' | 'EVENT_TIME_TO_LIVE_SECONDS'
>;
