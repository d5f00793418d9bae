import type { SQSRecord } from 'aws-lambda';
import type { Invocation } from '../../promises/run-record.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { History } from './history.ts';
import type { ModelSandbox } from './model-sandbox.ts';

/** Lambda and its event source mapping: which sandbox gets a batch, and what becomes of its events. */
export function createModelLambda(options: {
  history: History;
  clock: VirtualClock;
  eventQueue: FifoQueue;
  random: () => number;
  createSandbox: (name: string) => ModelSandbox;
}) {
  const { history, clock, eventQueue, random } = options;
  const invocations: Invocation[] = [];
  const lastSandbox = new Map<string, string>();
  let sandboxes = 0;
  let batches = 0;
  let deployments = 0;

  const createSandbox = () => {
    sandboxes += 1;
    return options.createSandbox(`sandbox ${sandboxes}`);
  };
  let idle = Array.from({ length: history.spareSandboxes }, createSandbox);

  /** The count is approximate: where the history says so, a sandbox is told 1 twice. */
  function asTold(record: SQSRecord, sandbox: string): SQSRecord {
    const { messageId, attributes } = record;
    const isSecond = attributes.ApproximateReceiveCount === '2';
    const isRepeat = history.repeatsReceiveCount && lastSandbox.get(messageId) === sandbox;
    lastSandbox.set(messageId, sandbox);
    if (!isSecond || !isRepeat) return record;
    return { ...record, attributes: { ...attributes, ApproximateReceiveCount: '1' } };
  }

  /** True where every event of the batch has been concluded, and deleted. */
  async function invokeOnce(sandbox: ModelSandbox, records: SQSRecord[]): Promise<boolean> {
    const startedAt = clock.now();
    let failure: string | undefined;
    let areAllConcluded = false;
    try {
      const { batchItemFailures } = await sandbox.invoke(records);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId, receiptHandle } of records) {
        if (!failed.has(messageId)) eventQueue.delete(receiptHandle);
      }
      areAllConcluded = failed.size === 0;
    } catch (error) {
      if (!sandbox.isDead()) throw error;
      failure = String(error).includes('timed out') ? String(error) : 'killed';
    }
    const messageIds = records.map(({ messageId }) => messageId);
    const { name: sandboxName } = sandbox;
    invocations.push({
      startedAt,
      endedAt: clock.now(),
      messageIds,
      failure,
      sandbox: sandboxName,
    });
    return areAllConcluded;
  }

  return {
    invocations,

    async invoke(received: SQSRecord[]): Promise<void> {
      const isDeliveredTwice = history.deliveredTwice.includes(batches);
      batches += 1;
      const deploymentsThen = deployments;
      const sandbox = idle.pop() ?? createSandbox();
      const records = received.map((record) => asTold(record, sandbox.name));
      const areAllConcluded = await invokeOnce(sandbox, records);
      if (isDeliveredTwice && areAllConcluded) await invokeOnce(sandbox, records);
      if (sandbox.isDead() || deployments > deploymentsThen) return;
      // The least recently used may come first or last: Lambda does not say.
      idle[random() < 0.5 ? 'push' : 'unshift'](sandbox);
    },

    /** Every sandbox is replaced; those at work end what they are doing. */
    deploy() {
      deployments += 1;
      idle = [];
    },
  };
}
