import type { CarrierMessage } from '../../functions/route-chat/carrier.ts';
import type { EntryFate, OutgoingResult } from '../../functions/route-chat/outbox.ts';
import type { Queues, VisibilityChange } from '../../functions/route-chat/queues.ts';

export type FakeQueues = Queues & {
  /** The results of each call, whatever came of it. */
  batches: OutgoingResult[][];
  /** Message ids. */
  deleted: string[];
  changed: VisibilityChange[];
  carriers: CarrierMessage[];
};

/** Queues that take everything; `given` puts faults in their place, as long as it holds them. */
export function fakeQueues(given: Partial<Queues> = {}): FakeQueues {
  const batches: OutgoingResult[][] = [];
  const deleted: string[] = [];
  const changed: VisibilityChange[] = [];
  const carriers: CarrierMessage[] = [];
  return {
    batches,
    deleted,
    changed,
    carriers,
    async sendResults(results) {
      batches.push(results);
      return await (given.sendResults ?? takesAll)(results);
    },
    async deleteEvents(events) {
      await given.deleteEvents?.(events);
      deleted.push(...events.map(({ messageId }) => messageId));
    },
    async sendCarrier(message) {
      await given.sendCarrier?.(message);
      carriers.push(message);
    },
    async changeVisibility(changes, withinMs) {
      await given.changeVisibility?.(changes, withinMs);
      changed.push(...changes);
    },
  };
}

export const takesAll: Queues['sendResults'] = async (results) => results.map(() => 'sent');
export const takesNone: Queues['sendResults'] = async (results) => results.map(() => 'not-sent');

/** SQS takes the results of all events but these. */
export const takesAllBut =
  (...messageIds: string[]) =>
  async (results: OutgoingResult[]): Promise<EntryFate[]> =>
    results.map(({ result }) => (messageIds.includes(result.eventMessageId) ? 'not-sent' : 'sent'));

/** The outcome of each result sent, after its event's message id, in order. */
export const outcomesOf = ({ batches }: FakeQueues) =>
  batches.flat().map(({ result }) => `${result.eventMessageId}: ${result.outcome}`);
