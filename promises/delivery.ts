import type { Breach } from './breach.ts';
import type { RunRecord } from './run-record.ts';

/** How long SQS remembers what it took, and so for how long no result may come twice. */
const deduplicationWindowMs = 300_000;

/** Every event has a result, and none waits for ever. */
export function lostEvents({ events, results, waiting }: RunRecord): Breach[] {
  const settled = new Set(results.map(({ result }) => result.eventMessageId));
  const lost = events.filter(({ messageId }) => !settled.has(messageId));
  return [
    ...lost.map(({ messageId }) => ({
      messageId,
      says: waiting > 0 ? 'has no result, and the run gave up waiting' : 'has no result',
    })),
    ...(waiting > lost.length
      ? [{ says: `${waiting - lost.length} events with a result were still on their queue` }]
      : []),
  ];
}

/** No event has two results; after five minutes only a death before its deletion excuses one. */
export function repeatedResults({
  results,
  kills,
}: Pick<RunRecord, 'results' | 'kills'>): Breach[] {
  const byEvent = Map.groupBy(results, ({ result }) => result.eventMessageId);
  return [...byEvent].flatMap(([messageId, ofEvent]) => {
    const times = ofEvent.map(({ at }) => at);
    const isExcused = (after: number, index: number) =>
      kills > 0 && after - (times[index] ?? after) >= deduplicationWindowMs;
    const isKept = times.slice(1).every(isExcused);
    return isKept ? [] : [{ messageId, says: `has ${times.length} results` }];
  });
}

/** An event becomes a dead letter only where it saw the function die time and again. */
export function deadLetters({
  deadLetters: messageIds,
  invocations,
  maxReceiveCount,
}: Pick<RunRecord, 'deadLetters' | 'invocations' | 'maxReceiveCount'>): Breach[] {
  const deathsOf = (messageId: string) =>
    invocations.filter(
      (invocation) => invocation.failure !== undefined && invocation.messageIds.includes(messageId),
    ).length;
  return messageIds
    .filter((messageId) => deathsOf(messageId) < maxReceiveCount)
    .map((messageId) => ({
      messageId,
      says: `is a dead letter, though it saw the function die ${deathsOf(messageId)} times, not ${maxReceiveCount}`,
    }));
}

/** Every message on the result queue is a result by its schema. */
export const unreadableResults = ({ unreadable }: Pick<RunRecord, 'unreadable'>): Breach[] =>
  unreadable.map((says) => ({ says }));
