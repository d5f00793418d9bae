/** One breach of a promise. */
export type Breach = {
  says: string;
  /** The event it is about, if it is about one. */
  messageId?: string;
};
