/** What the stack tells this function, as environment variables. */
export type IntakeEnvironment = {
  /** The FIFO queue the events go to. */
  EVENT_QUEUE_URL: string;
  /** Whole seconds, counted here from when the event was asked for. */
  EVENT_TIME_TO_LIVE_SECONDS: string;
};
