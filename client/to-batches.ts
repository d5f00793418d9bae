import { mostBytes, type OutgoingEvent } from './outgoing-event.ts';

/** What one SendMessageBatch takes. */
export const mostEntries = 10;

/**
 * Cuts events into calls, in their order. No call holds two events of a chat: where SQS takes the
 * later one alone, the earlier one would come after it when it is sent again, and win.
 */
export function toBatches<Item extends { event: Pick<OutgoingEvent, 'bytes' | 'groupId'> }>(
  items: readonly Item[],
  most = mostEntries,
): Item[][] {
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let bytes = 0;
  let chats = new Set<string>();
  for (const item of items) {
    const { event } = item;
    bytes += event.bytes;
    if (
      batch.length === 0 ||
      batch.length === most ||
      bytes > mostBytes ||
      chats.has(event.groupId)
    ) {
      batch = [];
      batches.push(batch);
      bytes = event.bytes;
      chats = new Set();
    }
    batch.push(item);
    chats.add(event.groupId);
  }
  return batches;
}
