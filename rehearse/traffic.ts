import { setTimeout as sleep } from 'node:timers/promises';
import { receiveResults } from '../client/receive-results.ts';
import type { RouteChatEventInput } from '../client/route-chat-event-input.ts';
import { sendRouteChatEvents } from '../client/send-route-chat-events.ts';
import type { ReceivedResult } from '../contract/parse-result.ts';

/** Results as they come, each taken off its queue. */
export type Reader = {
  results: ReceivedResult[];
  /** Waits for so many of these requests; resolves to what there is by then. */
  of(requestIds: readonly string[], withinMs: number): Promise<ReceivedResult[]>;
  close(): Promise<void>;
};

export function startReader(queueUrl: string): Reader {
  const controller = new AbortController();
  const results: ReceivedResult[] = [];
  const reading = (async () => {
    for await (const deliveries of receiveResults({ queueUrl, signal: controller.signal })) {
      for (const { result, done } of deliveries) {
        results.push(result);
        await done();
      }
    }
  })();
  return {
    results,
    async of(requestIds, withinMs) {
      const wanted = new Set(requestIds);
      const end = Date.now() + withinMs;
      for (;;) {
        const found = results.filter(({ requestId }) => wanted.has(requestId));
        if (new Set(found.map(({ requestId }) => requestId)).size === wanted.size) return found;
        if (Date.now() > end) return found;
        await sleep(200);
      }
    },
    async close() {
      controller.abort();
      await reading;
    },
  };
}

/** Sends them and answers with their request ids. */
export async function send(
  queueUrl: string,
  events: readonly (RouteChatEventInput & { requestId: string })[],
  perSecond?: number,
): Promise<string[]> {
  await sendRouteChatEvents(events, {
    queueUrl,
    ...(perSecond && { trickle: { perSecond, whileDepthBelow: 1_000 } }),
  });
  return events.map(({ requestId }) => requestId);
}

/** What is wrong with results that should be one for each of these. */
export function shortfall(
  requestIds: readonly string[],
  results: readonly ReceivedResult[],
): string {
  const counts = Map.groupBy(results, ({ requestId }) => requestId);
  const missing = requestIds.filter((requestId) => !counts.has(requestId)).length;
  const twice = [...counts.values()].filter((of) => of.length > 1).length;
  return [missing && `${missing} without a result`, twice && `${twice} with more than one`]
    .filter(Boolean)
    .join(', ');
}
