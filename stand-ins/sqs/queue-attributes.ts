import type { FifoQueue } from './fifo-queue.ts';
import { maxBytes } from './message-rules.ts';
import { SqsError } from './sqs-error.ts';

/** What `GetQueueAttributes` answers for the names asked for, or `All`. */
export function queueAttributes(queue: FifoQueue, names: string[]): object {
  const all = attributesOf(queue);
  const unknown = names.find((name) => name !== 'All' && !(name in all) && !unset.has(name));
  if (unknown !== undefined)
    throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const wanted = Object.entries(all).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
}

/** Known to AWS, but never set on these queues. */
const unset = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

function attributesOf(queue: FifoQueue): Record<string, string> {
  const { visible, inFlight } = queue.depth();
  const { redrive, retentionSeconds = 345_600, ...options } = queue.options;
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: '0',
    VisibilityTimeout: String(options.visibilityTimeoutSeconds),
    MaximumMessageSize: String(maxBytes),
    MessageRetentionPeriod: String(retentionSeconds),
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    FifoQueue: 'true',
    ContentBasedDeduplication: String(options.contentBasedDeduplication),
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
    SqsManagedSseEnabled: 'true',
    ...(redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.deadLetterQueue.arn,
        maxReceiveCount: redrive.maxReceiveCount,
      }),
    }),
  };
}
