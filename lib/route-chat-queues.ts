import { createHash } from 'node:crypto';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { functionTimeout } from './limits.ts';
import { maxReceiveCount } from './max-receive-count.ts';
import { resultQueueObjection } from './result-queue-sources.ts';

export type RouteChatQueuesProps = {
  /** Unique in the account and region, up to 64 characters. */
  readonly name: string;
  readonly eventTimeToLiveSeconds: number;
};

type PairProps = QueueProps & { readonly queueName: string; readonly maxReceiveCount: number };

/** A queue, and where that ends up which its readers fail on. */
export type QueuePair = { readonly queue: Queue; readonly deadLetterQueue: Queue };

/**
 * Six function timeouts, as AWS advises, and less than the 300 s after which SQS forgets a deduplication
 * id: an event still invisible then could come twice.
 */
const eventVisibilityTimeout = Duration.seconds(6 * functionTimeout.toSeconds());

/** Receives of one result: enough for a reader's bad hour, few enough to free the chat behind it. */
const resultMaxReceiveCount = 10;

const longestRetention = Duration.days(14);

/** SQS takes no longer name. */
const longestQueueName = 80;

const everyQueue = {
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
  /** Those of all sources that have no queue of their own. */
  readonly results: QueuePair;
  readonly #name: string;
  readonly #bySource = new Map<string, QueuePair>();

  constructor(scope: Construct, id: string, props: RouteChatQueuesProps) {
    super(scope, id);
    this.#name = props.name;
    const events = createPair(this, 'Event', {
      queueName: queueNameOf(props.name, '-events.fifo'),
      maxReceiveCount: maxReceiveCount(props.eventTimeToLiveSeconds),
      // EventBridge rules and Scheduler send no deduplication id.
      contentBasedDeduplication: true,
      visibilityTimeout: eventVisibilityTimeout,
      retentionPeriod: Duration.days(4),
    });
    this.eventQueue = events.queue;
    this.deadLetterQueue = events.deadLetterQueue;
    this.results = this.#resultPair(this, '-results.fifo');
  }

  /**
   * A result queue of this source's own.
   * @throws Error that names the source, what was expected and what was found.
   */
  addResultQueue(source: string): QueuePair {
    const objection = resultQueueObjection(source, [...this.#bySource.keys()]);
    if (objection) throw new Error(`RouteChat: addResultQueue: ${objection}.`);
    // As an id by itself, a source could be "constructor", which is never free.
    const scope = new Construct(this, `Source-${source}`);
    const pair = this.#resultPair(scope, `-results-${source}.fifo`);
    this.#bySource.set(source, pair);
    return pair;
  }

  /** Those that `addResultQueue` made. */
  get bySource(): ReadonlyMap<string, QueuePair> {
    return this.#bySource;
  }

  /**
   * Where the results for a source go that `addResultQueue` was called with; without one, the others.
   * @throws Error that names the sources there are, where it was not.
   */
  resultsOf(source: string | undefined): QueuePair {
    if (source === undefined) return this.results;
    const pair = this.#bySource.get(source);
    if (pair) return pair;
    const sources = [...this.#bySource.keys()].join(', ') || 'none yet';
    throw new Error(
      `RouteChat: source: expected one that addResultQueue was called with (${sources}); found ${JSON.stringify(source)}.`,
    );
  }

  #resultPair(scope: Construct, suffix: string): QueuePair {
    return createPair(scope, 'Result', {
      queueName: queueNameOf(this.#name, suffix),
      maxReceiveCount: resultMaxReceiveCount,
      contentBasedDeduplication: false,
      retentionPeriod: longestRetention,
    });
  }
}

function createPair(
  scope: Construct,
  id: string,
  { maxReceiveCount, ...props }: PairProps,
): QueuePair {
  // By name: as references, the two queues' policies would wait for each other to be created.
  const queueArn = Stack.of(scope).formatArn({ service: 'sqs', resource: props.queueName });
  const deadLetterQueue = new Queue(scope, `${id}DeadLetterQueue`, {
    ...everyQueue,
    ...(props.visibilityTimeout && { visibilityTimeout: props.visibilityTimeout }),
    retentionPeriod: longestRetention,
    redriveAllowPolicy: {
      sourceQueues: [Queue.fromQueueArn(scope, `${id}QueueByName`, queueArn)],
    },
  });
  const queue = new Queue(scope, `${id}Queue`, {
    ...everyQueue,
    ...props,
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
  });
  return { queue, deadLetterQueue };
}

/** The name with its suffix; what of the name does not fit is told apart by a hash of all of it. */
function queueNameOf(name: string, suffix: string): string {
  const room = longestQueueName - suffix.length;
  if (name.length <= room) return name + suffix;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, room - hash.length - 1)}-${hash}${suffix}`;
}
