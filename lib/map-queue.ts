import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  type IFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export type MapQueueProps = Omit<EventSourceMappingOptions, 'eventSourceArn'> & {
  readonly queue: IQueue;
  readonly target: IFunction;
  /** What else the function may do to the queue. */
  readonly alsoMay?: readonly `sqs:${string}`[];
};

/**
 * Feeds a function what is on a queue, and lets it take that. By hand, since the ready-made grant and
 * event source allow more than is used.
 */
export function mapQueue(
  scope: Construct,
  id: string,
  { queue, target, alsoMay = [], ...options }: MapQueueProps,
): EventSourceMapping {
  queue.grant(
    target,
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...alsoMay,
  );
  return new EventSourceMapping(scope, id, {
    ...options,
    target,
    eventSourceArn: queue.queueArn,
  });
}
