import { setTimeout as sleep } from 'node:timers/promises';
import { TooManyRequestsError } from '../lambda/account-concurrency.ts';
import type { FifoQueue } from '../sqs/fifo-queue.ts';
import type { ReceivedMessage } from '../sqs/message.ts';
import { SqsError } from '../sqs/sqs-error.ts';
import { type InvocationOutcome, type Settlement, settleBatch } from './batch-answer.ts';
import { type SqsEvent, toSqsEvent } from './sqs-event.ts';

/** One batch, once it is settled. */
export type SettledBatch = { event: SqsEvent; outcome: InvocationOutcome } & Settlement;

export type EventSourceMapping = {
  /** Resolves once nothing is being invoked and nothing can be received now; later is not awaited. */
  idle(): Promise<void>;
  /** Stops receiving, and resolves once what is being invoked has been settled. */
  close(): Promise<void>;
};

/** AWS does not say how soon it tries again. */
const throttledWaitMs = 200;

/** What `setTimeout` can hold; beyond it, it fires at once. */
const maxTimerMs = 2_147_483_647;

/**
 * Lambda's event source mapping with `ReportBatchItemFailures`, batching window 0.
 *
 * It stands on the platform's side of the queue, not behind its HTTP interface, so faults set
 * there do not meet it. It deletes what was handled and leaves the visibility of the rest alone. A
 * batch that Lambda does not run the function for is tried while its visibility timeout lasts.
 */
export function startEventSourceMapping(options: {
  queue: FifoQueue;
  invoke: (event: SqsEvent) => Promise<unknown>;
  batchSize?: number;
  maximumConcurrency?: number;
  onBatch?: (batch: SettledBatch) => void;
}): EventSourceMapping {
  const { queue, batchSize = 10, maximumConcurrency = 2 } = options;
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const { signal } = closing;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;

  const run = async (messages: ReceivedMessage[]) => {
    const event = toSqsEvent(messages, queue.arn);
    const visibleAt = queue.options.now() + queue.options.visibilityTimeoutSeconds * 1000;
    const outcome = await invoke(event, visibleAt);
    const settlement = settleBatch(
      messages.map(({ messageId }) => messageId),
      outcome,
    );
    for (const { messageId, receiptHandle } of messages) {
      if (settlement.deleted.includes(messageId)) deleteIfInTime(queue, receiptHandle);
    }
    options.onBatch?.({ event, outcome, ...settlement });
  };

  const invoke = async (event: SqsEvent, visibleAt: number): Promise<InvocationOutcome> => {
    for (;;) {
      try {
        return { kind: 'answered', answer: await options.invoke(event) };
      } catch (error) {
        const goesOn = queue.options.now() + throttledWaitMs < visibleAt;
        const again = error instanceof TooManyRequestsError && goesOn;
        if (again) await sleep(throttledWaitMs, undefined, { signal }).catch(() => undefined);
        if (!again || signal.aborted) return { kind: 'failed', error };
      }
    }
  };

  const poll = () => {
    soon = undefined;
    clearTimeout(timer);
    while (!signal.aborted && running.size < maximumConcurrency) {
      const messages = queue.receive({ max: batchSize });
      if (messages.length === 0) break;
      const batch = run(messages).finally(() => {
        running.delete(batch);
        pollSoon();
      });
      running.add(batch);
    }
    const next = queue.nextVisibleAt();
    if (signal.aborted || running.size >= maximumConcurrency || next === undefined) return;
    const waitMs = Math.max(next - queue.options.now(), 1);
    timer = setTimeout(poll, Math.min(waitMs, maxTimerMs));
  };

  // Later in the same turn, so that messages sent by one call can come in one batch.
  const pollSoon = () => {
    if (!signal.aborted) soon ??= setImmediate(poll);
  };

  const stopListening = queue.onChange(pollSoon);
  pollSoon();

  return {
    async idle() {
      while (soon !== undefined || running.size > 0) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async close() {
      closing.abort();
      stopListening();
      clearTimeout(timer);
      clearImmediate(soon);
      soon = undefined;
      await Promise.all(running);
    },
  };
}

/** A message that has become visible meanwhile stays, and comes again, as in AWS. */
function deleteIfInTime(queue: FifoQueue, receiptHandle: string): void {
  try {
    queue.delete(receiptHandle);
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
  }
}
