import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type Duration, Names } from 'aws-cdk-lib/core';
import { mapQueue } from './map-queue.ts';

/** SQS's default, which the result queues keep. */
const visibilityTimeoutSeconds = 30;

/**
 * Feeds a function the results of a queue, and lets it take them. What it reports as failed comes
 * again: without ReportBatchItemFailures, Lambda would delete it.
 * @throws Error where the function may run longer than a result stays invisible
 */
export function addResultHandler(queue: IQueue, handler: IFunction): EventSourceMapping {
  checkTimeout(handler);
  // Beside the function: it may stand in another stack, which then knows ours and not both each other.
  return mapQueue(handler, `RouteChatResults-${Names.nodeUniqueId(queue.node)}`, {
    queue,
    target: handler,
    batchSize: 10,
    reportBatchItemFailures: true,
  });
}

function checkTimeout(handler: IFunction & { timeout?: Duration }): void {
  const { timeout } = handler;
  if (!timeout || timeout.isUnresolved() || timeout.toSeconds() <= visibilityTimeoutSeconds) return;
  throw new Error(
    `RouteChat: addResultHandler: expected a function that ends within ${visibilityTimeoutSeconds} s, for so long a result stays invisible to others; found a timeout of ${timeout.toSeconds()} s.`,
  );
}
