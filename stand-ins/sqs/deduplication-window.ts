import { createHash } from 'node:crypto';
import type { Accepted } from './message.ts';

/** Five minutes from the first acceptance; a duplicate does not start it anew. */
const windowMs = 5 * 60_000;

/**
 * Remembers what was accepted under a deduplication id during the last five minutes, over the
 * whole queue (`DeduplicationScope: queue`, the default) and even if it was deleted meanwhile.
 */
export class DeduplicationWindow {
  readonly #accepted = new Map<string, Accepted & { until: number }>();

  find(deduplicationId: string, now: number): Accepted | undefined {
    for (const [id, { until }] of this.#accepted) {
      if (until <= now) this.#accepted.delete(id);
    }
    const found = this.#accepted.get(deduplicationId);
    return found && { messageId: found.messageId, sequenceNumber: found.sequenceNumber };
  }

  remember(deduplicationId: string, accepted: Accepted, now: number): void {
    this.#accepted.set(deduplicationId, { ...accepted, until: now + windowMs });
  }

  clear(): void {
    this.#accepted.clear();
  }
}

/** The deduplication id of a body; message attributes have no part in it. */
export const contentBasedId = (body: string) => createHash('sha256').update(body).digest('hex');
