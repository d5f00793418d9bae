import type { Story } from '../run-record.ts';
import type { Broken } from './broken.ts';

/** How long SQS remembers what it took, and so for how long no result may come twice. */
const deduplicationWindowMs = 300_000;

/** Every event gets exactly one result, or is a dead letter because it killed the function. */
export function brokenDelivery(story: Story): Broken[] {
  const { events, unreadable, waiting } = story;
  const resultsOf = Map.groupBy(story.results, ({ result }) => result.eventMessageId);
  const deadLetters = new Set(story.deadLetters);
  const isOurs = new Set(events.map(({ messageId }) => messageId));
  const lost = events.filter(
    ({ messageId }) => !resultsOf.has(messageId) && !deadLetters.has(messageId),
  );
  return [
    ...lost.map(
      ({ messageId }): Broken => ({
        promise: 'lost',
        messageId,
        says: waiting > 0 ? 'has no result, and the run gave up waiting' : 'has no result',
      }),
    ),
    ...[...resultsOf].flatMap(([messageId, results]): Broken[] => {
      const [first, ...more] = results;
      const soon = more.filter(({ at }) => at - (first?.at ?? 0) < deduplicationWindowMs);
      if (soon.length > 0) {
        return [{ promise: 'duplicate', messageId, says: `has ${results.length} results` }];
      }
      return isOurs.has(messageId)
        ? []
        : [{ promise: 'untrue', messageId, says: 'has a result, and was never sent' }];
    }),
    ...[...deadLetters].flatMap((messageId) => deadLettered(story, messageId)),
    ...unreadable.map((says): Broken => ({ promise: 'untrue', says })),
  ];
}

function deadLettered({ batches, maxReceiveCount }: Story, messageId: string): Broken[] {
  const deaths = batches.filter(
    ({ messageIds, failure }) => failure !== undefined && messageIds.includes(messageId),
  ).length;
  if (deaths >= maxReceiveCount) return [];
  const says = `is a dead letter, though it saw the function die ${deaths} times, not ${maxReceiveCount}`;
  return [{ promise: 'dead-lettered', messageId, says }];
}
