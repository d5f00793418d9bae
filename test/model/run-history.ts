import { parseRouteChatResult } from '../../contract/parse-result.ts';
import type { RouteChatResult } from '../../contract/result.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { isUnexpectedError } from '../../promises/log-lines.ts';
import {
  type ResultSend,
  type RunRecord,
  type SeenResult,
  type SentEvent,
  virtualTime,
} from '../../promises/run-record.ts';
import { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import { createRandom } from '../../stand-ins/superoffice/faults.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import {
  type AwsFault,
  allowedCallsPerSecond,
  fallbacksOf,
  type History,
  hasAmpleTime,
  isCalmAround,
  targetOf,
} from './history.ts';
import { createModelLambda } from './model-lambda.ts';
import { createModelSandbox, type SandboxSurroundings } from './model-sandbox.ts';
import { createModelSuperOffice } from './model-super-office.ts';
import { toRecord } from './to-record.ts';

const maximumConcurrency = 2;
/** A day of virtual time: a history that is not over by then has an event that waits for ever. */
const longestMs = 86_400_000;
const hourMs = 3_600_000;

/** Runs one history until nothing is left to happen. */
export async function runHistory(history: History): Promise<RunRecord> {
  const clock = createVirtualClock();
  const sqsNow = () => clock.now() + history.sqsClockAheadMs;
  const startedAt = clock.now();
  const random = createRandom(history.events.length);
  const superOfficeFaults = [...history.superOffice];
  const superOffice = createModelSuperOffice({
    clock,
    nextFault: () => superOfficeFaults.shift() ?? history.superOfficeThen,
    latencyMs: history.latencyMs,
    connectionSetUpMs: history.connectionSetUpMs,
  });
  const splits = [...history.splits];
  const queueOptions = {
    now: sqsNow,
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
  const resultSends: ResultSend[] = [];
  const carriers: Record<string, string> = {};
  const unreadable: string[] = [];
  const lines: object[] = [];
  const problems: unknown[] = [];
  let kills = 0;
  let steps = 0;
  const faults = {
    sends: [...history.sends],
    carriers: [...history.carriers],
    deletes: [...history.deletes],
    visibilityChanges: [...history.visibilityChanges],
    secretReads: [...history.secretReads],
  };

  function deliver(result: RouteChatResult, groupId: string, clockBehindMs: number) {
    const body = JSON.stringify(result);
    const deduplicationId = result.eventMessageId;
    if (resultQueue.send({ body, groupId, deduplicationId }).duplicate) return;
    try {
      const received = parseRouteChatResult(body);
      const saysAt = Date.parse(received.completedAt);
      // Concluded before the clock was set back, where it would lie ahead of us.
      const isOfBefore = saysAt + clockBehindMs > clock.now();
      const completedAt = isOfBefore ? saysAt : saysAt + clockBehindMs;
      results.push({ result: received, at: clock.now(), completedAt });
    } catch (error) {
      unreadable.push(String(error));
    }
  }

  const surroundings: SandboxSurroundings = {
    clock,
    superOffice,
    eventQueue,
    resultSends,
    carriers,
    lines,
    problems,
    random,
    deliver,
    timeToLiveMs: history.timeToLiveSeconds * 1000,
    asksStateService: history.addressMoves !== 'fixed address',
    clockSetBackAt:
      startedAt +
      (history.clockSetBackAt === 'never' ? Number.POSITIVE_INFINITY : history.clockSetBackAt),
    callSpacingMs: (1000 * maximumConcurrency) / history.maxCallsPerSecond,
    nextFault: (port): AwsFault => faults[port].shift() ?? 'ok',
    step() {
      const kill = history.kills.find(({ step }) => step === steps);
      steps += 1;
      if (kill) kills += 1;
      return kill?.when;
    },
  };
  const lambda = createModelLambda({
    history,
    clock,
    eventQueue,
    random,
    createSandbox: (name) => createModelSandbox(name, surroundings),
  });

  async function send(index: number, event: History['events'][number]) {
    await clock.sleep(event.at);
    const { chat, associateId, expiresInSeconds, isInvalid = false } = event;
    const { acceptWithinSeconds, fallbacks = [], ifNobody, pickUp, dryRun, yields } = event;
    const target = targetOf(history, index);
    const fallbackAssociates = fallbacksOf(history, index);
    const body = JSON.stringify({
      chatSessionId: isInvalid ? String(chat) : chat,
      toAssociate: target,
      reason: 'because',
      ...{ expiresInSeconds, dryRun, yields },
      ...(acceptWithinSeconds && {
        ...{ acceptWithinSeconds, ifNobody, pickUp },
        ...(fallbacks.length > 0 && { fallbackAssociates }),
      }),
    });
    const groupId = event.group === 'chat' ? String(chat) : 'shared';
    const { messageId } = eventQueue.send({ body, groupId });
    events.push({
      messageId,
      sentAt: sqsNow(),
      body,
      groupId,
      chatSessionId: chat,
      target,
      associateId,
      isInvalid,
      timeToLiveMs: 1000 * Math.min(expiresInSeconds ?? 43_200, history.timeToLiveSeconds),
      hasAmpleTime: hasAmpleTime(history, index),
      ...(acceptWithinSeconds &&
        !dryRun && {
          offer: {
            targets: [target, ...fallbackAssociates],
            associateIds: [associateId, ...fallbacks],
            acceptWithinMs: 1000 * acceptWithinSeconds,
          },
        }),
      ...(dryRun && { isDryRun: true }),
      ...(yields && { yields: true }),
    });
  }
  async function act({ at, chat, does }: History['people'][number]) {
    await clock.sleep(at);
    // By hand, as the router's owner could in the client.
    const { tenant } = superOffice;
    if (does === 'offer') tenant.transferTo(7, chat, '12');
    else if (does === 'pass on') {
      const owner = tenant.peek(chat)?.owner ?? 7;
      tenant.transferTo(owner, chat, '12');
      tenant.accept(chat);
    } else tenant[does](chat);
  }
  const atMoments = (moments: readonly number[], action: () => void) =>
    moments.map((at) => clock.sleep(at).then(action));
  const moves = history.addressMoves === 'fixed address' ? [] : history.addressMoves;
  let areAllSent = false;
  void Promise.all([
    ...history.events.map((event, index) => send(index, event)),
    ...history.people.map(act),
    ...atMoments(history.keepAliveCalls, superOffice.keepAlive),
    ...atMoments(history.deployments, lambda.deploy),
    ...atMoments(moves, superOffice.move),
  ]).then(() => {
    areAllSent = true;
  });

  let busy = 0;
  async function poll() {
    for (;;) {
      const messages = eventQueue.receive({ max: 10 });
      if (messages.length > 0) {
        busy += 1;
        await lambda.invoke(messages.map(toRecord));
        busy -= 1;
        continue;
      }
      const isQuiet = areAllSent && busy === 0 && eventQueue.nextVisibleAt() === undefined;
      if (isQuiet || clock.now() > startedAt + longestMs) return;
      const nextIn = (eventQueue.nextVisibleAt() ?? sqsNow()) - sqsNow();
      await clock.sleep(Math.min(Math.max(nextIn, 20), 500));
    }
  }
  await clock.until(Promise.all(Array.from({ length: maximumConcurrency }, poll)));
  await clock.advance(20_000);

  const said = [...lines, ...problems, ...results].map((one) => JSON.stringify(one));
  return {
    events,
    results,
    resultSends,
    unreadable,
    calls: superOffice.calls,
    sessionStates: superOffice.sessionStates,
    invocations: lambda.invocations,
    carriers,
    kills,
    isCalm: isCalmAround(history),
    deadLetters: deadLetters.receive({ max: 10 }).map(({ messageId }) => messageId),
    maxReceiveCount,
    leaks: said.flatMap((text) => leaksIn(text).map((secret) => `"${secret}" in ${text}`)),
    malformedLogLines: [],
    unexpectedErrors: said.filter(isUnexpectedError),
    waiting: eventQueue.messages().length,
    allowedCallsPerSecond: allowedCallsPerSecond(history),
    tolerances: {
      ...virtualTime,
      // A deadline is told by the sandbox's own clock.
      onItsWayMs: history.clockSetBackAt === 'never' ? virtualTime.onItsWayMs : hourMs,
    },
  };
}
