/** What a service of AWS did not get rid of. */
export type DeadLetter = {
  body: string;
  /** Says why. */
  attributes: Record<string, string>;
};

/** Leaves it on a dead-letter queue. Rejects where that takes nothing. */
export type LeaveDeadLetter = (letter: DeadLetter) => Promise<unknown>;
