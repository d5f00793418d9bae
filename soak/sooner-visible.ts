import type { SettledBatch } from '../stand-ins/event-source-mapping/poller.ts';
import type { FifoQueue } from '../stand-ins/sqs/fifo-queue.ts';
import { SqsError } from '../stand-ins/sqs/sqs-error.ts';
import { slowestMs } from './superoffice-faults.ts';

/**
 * How soon after the end of their invocation events come back whose visibility timeout nobody
 * changed. It is longer than any call of a killed sandbox is still on its way, and
 * differs by message group: together, they would make the same long batch again, for the next kill.
 */
export const comesBackMs = { least: 2 * slowestMs, most: 4 * slowestMs };

/**
 * Ends the visibility timeout of what a batch left behind sooner than the queue would: a killed
 * sandbox's events, and those whose visibility could not be changed.
 *
 * The queue's own timeout stays what it is: it must outlast the function's, since an invocation
 * that is merely slow would otherwise see its events handed to the other sandbox. But of an
 * invocation that has ended nothing runs any more, and the rest of the timeout is only waiting.
 */
export function comesBackSooner(
  queue: FifoQueue,
  random: () => number = Math.random,
): (batch: SettledBatch) => void {
  const fullMs = queue.options.visibilityTimeoutSeconds * 1000;

  const release = (handles: Map<string, string>) => {
    for (const message of queue.messages()) {
      const receiptHandle = handles.get(message.messageId);
      const isUntouched = message.visibleAt === message.receivedAt + fullMs;
      if (receiptHandle !== undefined && isUntouched) changeIfInFlight(queue, receiptHandle);
    }
  };

  return ({ event, left }) => {
    const back = event.Records.filter(({ messageId }) => left.includes(messageId));
    const groups = Map.groupBy(back, ({ attributes }) => attributes.MessageGroupId);
    for (const records of groups.values()) {
      const handles = new Map(
        records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]),
      );
      const { least, most } = comesBackMs;
      setTimeout(() => release(handles), least + random() * (most - least)).unref();
    }
  };
}

function changeIfInFlight(queue: FifoQueue, receiptHandle: string): void {
  try {
    queue.changeVisibility(receiptHandle, 0);
  } catch (error) {
    // Received again meanwhile, under another handle.
    if (!(error instanceof SqsError)) throw error;
  }
}
