import { type Attempt, toConclusion, type Verdict } from '../../functions/route-chat/attempt.ts';
import { createAttempts, type Earlier } from '../../functions/route-chat/attempts.ts';
import type { RouteRequest } from '../../functions/route-chat/received-event.ts';
import { createRouteChats } from '../../functions/route-chat/route-chats.ts';
import { fakeQueues, fakeReport, outcomesOf } from './batch-world.ts';
import { sqsRecord } from './events.ts';
import { createVirtualClock, startOfTime, type VirtualClock } from './virtual-clock.ts';

export const pending: Verdict = {
  kind: 'conclude',
  conclusion: toConclusion({ outcome: 'transfer-pending' }),
};
export const retry: Verdict = {
  kind: 'retry',
  error: { code: 'timeout', message: 'x', httpStatus: null },
};
export const functionEndsAt = startOfTime + 15_000;

type Try = (request: RouteRequest, clock: VirtualClock) => Promise<Verdict>;

/** One sandbox's batches, with `tryOnce` in place of an attempt and `faults` in the queues. */
export function routeChatsWorld(
  tryOnce: Try = async () => pending,
  faults: Parameters<typeof fakeQueues>[0] = {},
) {
  const clock = createVirtualClock();
  const queues = fakeQueues(faults);
  const report = fakeReport();
  const attempts = createAttempts();
  /** Message ids in the order they were tried; before each, what had been told and deleted by then. */
  const tried: {
    id: string;
    told: string[];
    deleted: string[];
    earlier: Earlier;
    latest: number;
  }[] = [];
  const attempt: Attempt = (request, earlier, latest) => {
    tried.push({
      id: request.messageId,
      told: outcomesOf(queues),
      deleted: [...queues.deleted],
      earlier,
      latest,
    });
    return tryOnce(request, clock);
  };
  const routeChats = createRouteChats({
    attempt,
    attempts,
    queues,
    report,
    clock,
    timeToLiveMs: 300_000,
    random: () => 0,
  });
  const handle = async (...records: Parameters<typeof routeChats>[0]) => {
    const { batchItemFailures } = await clock.until(routeChats(records, functionEndsAt));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return {
    clock,
    queues,
    report,
    attempts,
    tried,
    handle,
    triedIds: () => tried.map(({ id }) => id),
  };
}

let sequence = 0;
/** Each is newer than the one before. */
export const event = (
  messageId: string,
  chatSessionId = 648,
  attributes: Record<string, string> = {},
  fields = {},
) =>
  sqsRecord({
    messageId,
    body: { chatSessionId, toAssociate: 8, ...fields },
    attributes: {
      SequenceNumber: String(++sequence),
      MessageGroupId: String(chatSessionId),
      ...attributes,
    },
  });
