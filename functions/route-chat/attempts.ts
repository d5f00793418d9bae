import type { ResultError } from '../../contract/result.ts';
import type { EventRecord } from './received-event.ts';

/** What is known of an event's earlier attempts. */
export type Earlier = {
  /** A transfer call may have been applied without SuperOffice saying so. */
  perhapsApplied: boolean;
  /** The last word, where it is known. */
  error: ResultError | null;
};

export type Attempts = {
  /** Called for every receive of a request, whether or not it is then tried. */
  begin(record: EventRecord): Earlier;
  note(record: EventRecord, earlier: Earlier): void;
  forget(record: EventRecord): void;
};

const mostRemembered = 10_000;

/**
 * Remembers this sandbox's attempts, since SQS carries nothing from one receive to the next but a
 * count. Where a receive is missing from memory (another sandbox had it, or one that died) the event
 * counts as perhaps applied: `expired` is said only of what was surely not applied.
 */
export function createAttempts(): Attempts {
  const known = new Map<string, Earlier & { receiveCount: number }>();

  function note({ messageId, receiveCount }: EventRecord, earlier: Earlier) {
    known.delete(messageId);
    known.set(messageId, { ...earlier, receiveCount });
    const [oldest] = known.keys();
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  }

  return {
    begin(record) {
      const last = known.get(record.messageId);
      const isGapless = last?.receiveCount === record.receiveCount - 1;
      const earlier = {
        perhapsApplied: record.receiveCount > 1 && (!isGapless || last.perhapsApplied),
        error: last?.error ?? null,
      };
      note(record, earlier);
      return earlier;
    },
    note,
    forget({ messageId }) {
      known.delete(messageId);
    },
  };
}
