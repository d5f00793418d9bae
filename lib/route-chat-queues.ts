import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { maxReceiveCount } from './max-receive-count.ts';

export type RouteChatQueuesProps = {
  /** Unique in the account and region, up to 64 characters. */
  readonly name: string;
  readonly eventTimeToLiveSeconds: number;
  readonly functionTimeout: Duration;
};

type PairProps = QueueProps & { readonly queueName: string; readonly maxReceiveCount: number };

/** SQS forgets a deduplication id after this long; an event still invisible then could come twice. */
const deduplicationWindowSeconds = 300;

/** Receives of one result: enough for a reader's bad hour, few enough to free the chat behind it. */
const resultMaxReceiveCount = 10;

const longestRetention = Duration.days(14);

const house = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  // Per queue, not per group: the same event sent under two groups is still one event.
  deduplicationScope: DeduplicationScope.QUEUE,
  fifoThroughputLimit: FifoThroughputLimit.PER_QUEUE,
} satisfies QueueProps;

/** The queue events come on, the queue results leave on, and a dead-letter queue behind each. */
export class RouteChatQueues extends Construct {
  readonly eventQueue: Queue;
  readonly deadLetterQueue: Queue;
  readonly resultQueue: Queue;
  readonly resultDeadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: RouteChatQueuesProps) {
    super(scope, id);
    const events = this.#pair('Event', {
      queueName: `${props.name}-events.fifo`,
      maxReceiveCount: maxReceiveCount(props.eventTimeToLiveSeconds),
      // EventBridge rules and Scheduler send no deduplication id.
      contentBasedDeduplication: true,
      visibilityTimeout: visibilityTimeoutFor(props.functionTimeout),
      retentionPeriod: Duration.days(4),
    });
    this.eventQueue = events.queue;
    this.deadLetterQueue = events.deadLetterQueue;
    const results = this.#pair('Result', {
      queueName: `${props.name}-results.fifo`,
      maxReceiveCount: resultMaxReceiveCount,
      contentBasedDeduplication: false,
      retentionPeriod: longestRetention,
    });
    this.resultQueue = results.queue;
    this.resultDeadLetterQueue = results.deadLetterQueue;
  }

  #pair(id: string, { maxReceiveCount, ...props }: PairProps) {
    // By name: as references, the two queues' policies would wait for each other to be created.
    const queueArn = Stack.of(this).formatArn({ service: 'sqs', resource: props.queueName });
    const deadLetterQueue = new Queue(this, `${id}DeadLetterQueue`, {
      ...house,
      retentionPeriod: longestRetention,
      redriveAllowPolicy: {
        sourceQueues: [Queue.fromQueueArn(this, `${id}QueueByName`, queueArn)],
      },
    });
    const queue = new Queue(this, `${id}Queue`, {
      ...house,
      ...props,
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
    });
    return { queue, deadLetterQueue };
  }
}

/** Six function timeouts, as AWS advises. */
function visibilityTimeoutFor(functionTimeout: Duration): Duration {
  const visibilityTimeout = Duration.seconds(6 * functionTimeout.toSeconds());
  if (visibilityTimeout.toSeconds() < deduplicationWindowSeconds) return visibilityTimeout;
  throw new Error(
    `RouteChat: functionTimeout: expected less than ${deduplicationWindowSeconds / 6} s; found ${functionTimeout.toSeconds()} s.`,
  );
}
