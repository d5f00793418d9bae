import type { FifoQueueOptions, SplitAt } from './fifo-queue-options.ts';
import type { StoredMessage } from './message.ts';
import { readReceiptHandle } from './receipt-handle.ts';

/** What a receipt handle leads to: no message once it is gone. */
export type Held = {
  message: StoredMessage | undefined;
  inFlight: boolean;
  /** The handle is that of the message's last receive. */
  current: boolean;
};

/** The messages of a FIFO queue by message group, each group in send order, until they expire. */
export class MessageStore {
  readonly #options: FifoQueueOptions;
  readonly #groups = new Map<string, StoredMessage[]>();
  readonly #byId = new Map<string, StoredMessage>();

  constructor(options: FifoQueueOptions) {
    this.#options = options;
  }

  add(message: StoredMessage): void {
    this.#byId.set(message.messageId, message);
    const group = this.#groups.get(message.groupId);
    if (group) group.push(message);
    else this.#groups.set(message.groupId, [message]);
  }

  /** Puts a message back in its place, gone or not: as it is given, not as it is. */
  restore(message: StoredMessage): void {
    const present = this.#byId.get(message.messageId);
    if (present) this.remove(present);
    this.add(message);
    this.#groups
      .get(message.groupId)
      ?.sort((one, other) => (one.sequenceNumber < other.sequenceNumber ? -1 : 1));
  }

  remove(message: StoredMessage): void {
    this.#byId.delete(message.messageId);
    const group = this.#groups.get(message.groupId) ?? [];
    group.splice(group.indexOf(message), 1);
    if (group.length === 0) this.#groups.delete(message.groupId);
  }

  clear(): void {
    this.#groups.clear();
    this.#byId.clear();
  }

  all(): StoredMessage[] {
    this.#dropExpired();
    return [...this.#byId.values()];
  }

  /**
   * Chooses what a receive hands out: up to `max`, the group served longest ago first.
   * `setAside` may take a message out of the store instead, by returning true.
   */
  choose(max: number, splitAt: SplitAt, setAside: (message: StoredMessage) => boolean) {
    this.#dropExpired();
    const chosen: StoredMessage[] = [];
    for (const [groupId, group] of [...this.#groups]) {
      const receivable = this.#receivable(group);
      const possible = Math.min(receivable.length, max - chosen.length);
      if (possible === 0) continue;
      const end = chosen.length + Math.min(Math.max(Math.trunc(splitAt(possible)), 1), possible);
      for (const message of receivable) {
        if (chosen.length === end) break;
        if (!setAside(message)) chosen.push(message);
      }
      // Behind all others, so that a busy group cannot starve them.
      this.#groups.delete(groupId);
      if (group.length > 0) this.#groups.set(groupId, group);
    }
    return chosen;
  }

  /** From when on, in epoch milliseconds, some group has something to hand out. */
  receivableFrom(): number | undefined {
    this.#dropExpired();
    if (this.#groups.size === 0) return undefined;
    const moments = [...this.#groups.values()].map((group) => {
      const holding = this.#holdsWholeGroup() ? group : group.slice(0, 1);
      return Math.max(...holding.map(({ visibleAt }) => visibleAt));
    });
    return Math.min(...moments);
  }

  /** Throws `SqsError` for a handle this queue never gave. */
  find(receiptHandle: string): Held {
    const { messageId, receiveCount } = readReceiptHandle(receiptHandle, this.#options.name);
    this.#dropExpired();
    const message = this.#byId.get(messageId);
    const inFlight = message !== undefined && message.visibleAt > this.#options.now();
    return { message, inFlight, current: message?.receiveCount === receiveCount };
  }

  #receivable(group: readonly StoredMessage[]): StoredMessage[] {
    const now = this.#options.now();
    const firstInFlight = group.findIndex(({ visibleAt }) => visibleAt > now);
    if (firstInFlight === -1) return [...group];
    return this.#holdsWholeGroup() ? [] : group.slice(0, firstInFlight);
  }

  #holdsWholeGroup(): boolean {
    return this.#options.inFlightBlocks === 'whole-group';
  }

  #dropExpired(): void {
    const { retentionSeconds = 345_600, now } = this.#options;
    const kept = now() - retentionSeconds * 1000;
    for (const message of [...this.#byId.values()]) {
      if (message.storedAt <= kept) this.remove(message);
    }
  }
}
