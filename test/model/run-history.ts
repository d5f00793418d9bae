import type { SQSRecord } from 'aws-lambda';
import { parseRouteChatResult } from '../../contract/parse-result.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { isUnexpectedError } from '../../promises/log-lines.ts';
import {
  type Invocation,
  type RunRecord,
  type SeenResult,
  type SentEvent,
  virtualTime,
} from '../../promises/run-record.ts';
import { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import { createRandom } from '../../stand-ins/superoffice/faults.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { type AwsFault, type History, hasAmpleTime, targetOf } from './history.ts';
import { createModelSandbox, type SandboxWorld } from './model-sandbox.ts';
import { createModelSuperOffice } from './model-super-office.ts';

const maximumConcurrency = 2;
/** A day of virtual time: a history that is not over by then has an event that waits for ever. */
const longestMs = 86_400_000;

/** Runs one history until nothing is left to happen. */
export async function runHistory(history: History): Promise<RunRecord> {
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
  const events: SentEvent[] = [];
  const results: SeenResult[] = [];
  const unreadable: string[] = [];
  const invocations: Invocation[] = [];
  const lines: object[] = [];
  const problems: unknown[] = [];
  let kills = 0;
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
      const body = JSON.stringify(result);
      const { duplicate } = resultQueue.send({
        body,
        groupId,
        deduplicationId: result.eventMessageId,
      });
      if (duplicate) return;
      try {
        const received = parseRouteChatResult(body);
        const completedAt = Date.parse(received.completedAt);
        results.push({ result: received, at: clock.now(), completedAt });
      } catch (error) {
        unreadable.push(String(error));
      }
    },
    step() {
      const kill = history.kills.find(({ step }) => step === steps);
      steps += 1;
      if (kill) kills += 1;
      return kill?.when;
    },
  };

  const producers = history.events.map(async (event, index) => {
    await clock.sleep(event.at);
    const { chat, associateId, expiresInSeconds, isInvalid = false } = event;
    const target = targetOf(history, index);
    const body = JSON.stringify({
      chatSessionId: isInvalid ? String(chat) : chat,
      toAssociate: target,
      reason: 'because',
      ...(expiresInSeconds && { expiresInSeconds }),
    });
    const groupId = event.group === 'chat' ? String(chat) : 'shared';
    const { messageId } = eventQueue.send({ body, groupId });
    events.push({
      messageId,
      sentAt: clock.now(),
      body,
      groupId,
      chatSessionId: chat,
      target,
      associateId,
      isInvalid,
      timeToLiveMs: 1000 * Math.min(expiresInSeconds ?? 43_200, history.timeToLiveSeconds),
      hasAmpleTime: hasAmpleTime(history, index),
    });
  });
  const people = history.people.map(async ({ at, chat, does }) => {
    await clock.sleep(at);
    // By hand, as the router's owner could in the client.
    if (does === 'offer') superOffice.tenant.transferTo(7, chat, '12');
    else superOffice.tenant[does](chat);
  });

  const idle = Array.from({ length: history.spareSandboxes }, () => createModelSandbox(world));
  async function invoke(records: SQSRecord[]) {
    const sandbox = idle.pop() ?? createModelSandbox(world);
    let failure: string | undefined;
    try {
      const { batchItemFailures } = await sandbox.invoke(records);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId, receiptHandle } of records) {
        if (!failed.has(messageId)) eventQueue.delete(receiptHandle);
      }
    } catch (error) {
      if (!sandbox.isDead()) throw error;
      failure = String(error).includes('timed out') ? String(error) : 'killed';
    }
    const messageIds = records.map(({ messageId }) => messageId);
    invocations.push({ endedAt: clock.now(), messageIds, failure });
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

  const said = [...lines, ...problems, ...results].map((one) => JSON.stringify(one));
  return {
    events,
    results,
    unreadable,
    calls: superOffice.calls,
    sessionStates: superOffice.sessionStates,
    invocations,
    kills,
    deadLetters: deadLetters.receive({ max: 10 }).map(({ messageId }) => messageId),
    maxReceiveCount,
    leaks: said.flatMap((text) => leaksIn(text).map((secret) => `"${secret}" in ${text}`)),
    malformedLogLines: [],
    unexpectedErrors: said.filter(isUnexpectedError),
    waiting: eventQueue.messages().length,
    // The tenant allows ten; the default of eight leaves two for sandboxes that die.
    allowedCallsPerSecond: history.maxCallsPerSecond + 2,
    tolerances: virtualTime,
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
