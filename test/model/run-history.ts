import type { SQSRecord } from 'aws-lambda';
import type { RouteChatResult } from '../../contract/result.ts';
import { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import { createRandom } from '../../stand-ins/superoffice/faults.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { type AwsFault, type History, targetOf } from './history.ts';
import { createModelSandbox, type SandboxWorld } from './model-sandbox.ts';
import { createModelSuperOffice } from './model-super-office.ts';

const maximumConcurrency = 2;
/** A day of virtual time: a history that is not over by then has an event that waits for ever. */
const longestMs = 86_400_000;

export type Delivered = { at: number; result: RouteChatResult; isRepeat: boolean };

export type Story = Awaited<ReturnType<typeof runHistory>>;

/** Runs one history until nothing is left to happen. */
export async function runHistory(history: History) {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const random = createRandom(history.events.length);
  const superOfficeFaults = [...history.superOffice];
  const superOffice = createModelSuperOffice({
    clock,
    nextFault: () => superOfficeFaults.shift() ?? history.superOfficeThen,
    latencyMs: history.latencyMs,
  });
  const splits = [...history.splits];
  const queueOptions = {
    now: clock.now,
    visibilityTimeoutSeconds: 90,
    contentBasedDeduplication: true,
  };
  const deadLetters = new FifoQueue({ ...queueOptions, name: 'dead.fifo' });
  const maxReceiveCount = Math.ceil(history.timeToLiveSeconds / 2) + 50;
  const eventQueue = new FifoQueue({
    ...queueOptions,
    name: 'events.fifo',
    redrive: { deadLetterQueue: deadLetters, maxReceiveCount },
    inFlightBlocks: history.inFlightBlocks,
    splitAt: (receivable) => splits.shift() ?? receivable,
  });
  const resultQueue = new FifoQueue({ ...queueOptions, name: 'results.fifo' });
  const delivered: Delivered[] = [];
  const lines: object[] = [];
  const problems: unknown[] = [];
  const deletedAt = new Map<string, number>();
  const died: number[] = [];
  const faults = {
    sends: [...history.sends],
    deletes: [...history.deletes],
    visibilityChanges: [...history.visibilityChanges],
    secretReads: [...history.secretReads],
  };
  let steps = 0;

  const world: SandboxWorld = {
    clock,
    superOffice,
    eventQueue,
    lines,
    problems,
    random,
    timeToLiveMs: history.timeToLiveSeconds * 1000,
    callSpacingMs: (1000 * maximumConcurrency) / history.maxCallsPerSecond,
    nextFault: (port): AwsFault => faults[port].shift() ?? 'ok',
    deliver(result, groupId) {
      const { duplicate } = resultQueue.send({
        body: JSON.stringify(result),
        groupId,
        deduplicationId: result.eventMessageId,
      });
      delivered.push({ at: Date.parse(result.completedAt), result, isRepeat: duplicate });
    },
    step() {
      const kill = history.kills.find(({ step }) => step === steps);
      steps += 1;
      if (kill) died.push(clock.now());
      return kill?.when;
    },
  };

  const messageIds: string[] = [];
  const producers = history.events.map(async (event, index) => {
    await clock.sleep(event.at);
    const body = {
      chatSessionId: event.isInvalid ? String(event.chat) : event.chat,
      toAssociate: targetOf(history, index),
      reason: 'because',
      ...(event.expiresInSeconds && { expiresInSeconds: event.expiresInSeconds }),
    };
    const groupId = event.group === 'chat' ? String(event.chat) : 'shared';
    messageIds[index] = eventQueue.send({ body: JSON.stringify(body), groupId }).messageId;
  });
  const people = history.people.map(async ({ at, chat, does }) => {
    await clock.sleep(at);
    // By hand, as the router's owner could in the client.
    if (does === 'offer') superOffice.tenant.transferTo(7, chat, '12');
    else superOffice.tenant[does](chat);
    superOffice.look(chat);
  });

  const idle = Array.from({ length: history.spareSandboxes }, () => createModelSandbox(world));
  const breakdowns: string[] = [];
  async function invoke(records: SQSRecord[]) {
    const sandbox = idle.pop() ?? createModelSandbox(world);
    try {
      const { batchItemFailures } = await sandbox.invoke(records);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId, receiptHandle } of records) {
        if (failed.has(messageId)) continue;
        deletedAt.set(messageId, clock.now());
        eventQueue.delete(receiptHandle);
      }
    } catch (error) {
      if (!sandbox.isDead()) throw error;
      if (String(error).includes('timed out')) breakdowns.push('the function ran into its timeout');
    }
    // The least recently used may come first or last: Lambda does not say.
    if (!sandbox.isDead()) idle[random() < 0.5 ? 'push' : 'unshift'](sandbox);
  }

  let busy = 0;
  let areAllSent = false;
  void Promise.all([...producers, ...people]).then(() => {
    areAllSent = true;
  });
  async function lane() {
    for (;;) {
      const messages = eventQueue.receive({ max: 10 });
      if (messages.length > 0) {
        busy += 1;
        await invoke(messages.map(toRecord));
        busy -= 1;
        continue;
      }
      const isQuiet = areAllSent && busy === 0 && eventQueue.nextVisibleAt() === undefined;
      if (isQuiet || clock.now() > startedAt + longestMs) return;
      const nextIn = (eventQueue.nextVisibleAt() ?? clock.now()) - clock.now();
      await clock.sleep(Math.min(Math.max(nextIn, 20), 500));
    }
  }
  await clock.until(Promise.all(Array.from({ length: maximumConcurrency }, lane)));
  await clock.advance(20_000);

  return {
    history,
    startedAt,
    endedAt: clock.now(),
    isOver: eventQueue.nextVisibleAt() === undefined,
    messageIds,
    delivered,
    deadLetters: deadLetters.receive({ max: 10 }).map(({ messageId }) => messageId),
    calls: superOffice.calls,
    shown: superOffice.shown,
    tenant: superOffice.tenant,
    ticketSecret: superOffice.ticketSecret,
    deletedAt,
    died,
    lines,
    problems,
    maxReceiveCount,
    breakdowns,
  };
}

type Received = ReturnType<FifoQueue['receive']>[number];

function toRecord(message: Received): SQSRecord {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'model',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      SequenceNumber: message.sequenceNumber,
      MessageGroupId: message.groupId,
      MessageDeduplicationId: message.deduplicationId,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:events.fifo',
    awsRegion: 'eu-north-1',
  };
}
