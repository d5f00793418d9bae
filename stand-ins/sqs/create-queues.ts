import { FifoQueue } from './fifo-queue.ts';
import type { InFlightBlocks, SplitAt } from './fifo-queue-options.ts';

export type QueueDefinition = {
  /** Ends in `.fifo`. */
  name: string;
  visibilityTimeoutSeconds: number;
  contentBasedDeduplication: boolean;
  retentionSeconds?: number;
  redrive?: { deadLetterQueueName: string; maxReceiveCount: number };
  splitAt?: SplitAt;
  inFlightBlocks?: InFlightBlocks;
};

/** Creates the queues by name, each after the dead-letter queue it names. */
export function createQueues(
  definitions: readonly QueueDefinition[],
  now: () => number,
): Map<string, FifoQueue> {
  const queues = new Map<string, FifoQueue>();
  const create = ({ redrive, ...definition }: QueueDefinition): FifoQueue => {
    const existing = queues.get(definition.name);
    if (existing) return existing;
    const queue = new FifoQueue({ ...definition, now, redrive: redrive && toRedrive(redrive) });
    queues.set(queue.name, queue);
    return queue;
  };
  const toRedrive = (redrive: { deadLetterQueueName: string; maxReceiveCount: number }) => {
    const { deadLetterQueueName, maxReceiveCount } = redrive;
    const target = definitions.find(({ name }) => name === deadLetterQueueName);
    if (!target) throw new Error(`The dead-letter queue ${deadLetterQueueName} is not defined.`);
    return { deadLetterQueue: create(target), maxReceiveCount };
  };
  for (const definition of definitions) create(definition);
  return queues;
}
