import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { RouteChatResult } from '../../contract/result.ts';
import type { EntryFate, OutgoingResult } from '../../functions/route-chat/outbox.ts';
import { createRouteChat } from '../../functions/route-chat/route-chat.ts';
import type { ResultSend } from '../../promises/run-record.ts';
import { createReportedCredentials } from '../../runtime/credential-secret.ts';
import type { Report } from '../../runtime/report.ts';
import { callTimeoutMs } from '../../runtime/superoffice.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import { createSuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { freshSandboxWaitMs } from '../../superoffice/pace.ts';
import { fixedTenant, onlineTenant } from '../../superoffice/tenant-address.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { AwsFault } from './history.ts';
import type { ModelSuperOffice } from './model-super-office.ts';

const modelRoleId = 'AROAMODEL';
const functionTimeoutMs = 15_000;
const initMs = 150;
const hourMs = 3_600_000;
/** Two attempts of the SDK clients at their request timeout. */
const awsGivesUpMs = 3_100;

/** All that sandboxes share. */
export type SandboxSurroundings = {
  clock: VirtualClock;
  superOffice: ModelSuperOffice;
  eventQueue: FifoQueue;
  /** What the result queue takes in; `clockBehindMs` is of the clock that the result was made by. */
  deliver(result: RouteChatResult, groupId: string, clockBehindMs: number): void;
  resultSends: ResultSend[];
  /** Of each carrier's record, the event it stands for. */
  carriers: Record<string, string>;
  lines: object[];
  problems: unknown[];
  timeToLiveMs: number;
  asksStateService: boolean;
  /** Epoch milliseconds: sandboxes of before are an hour behind from then on. */
  clockSetBackAt: number;
  callSpacingMs: number;
  random: () => number;
  nextFault(port: 'sends' | 'carriers' | 'deletes' | 'visibilityChanges' | 'secretReads'): AwsFault;
  /** Counts one step of the function to its surroundings; says whether the sandbox dies there. */
  step(): 'before' | 'after' | undefined;
};

export type ModelSandbox = {
  name: string;
  isDead(): boolean;
  /** Rejects where the sandbox dies or takes longer than Lambda lets it. */
  invoke(records: SQSRecord[]): Promise<SQSBatchResponse>;
};

/** The real modules, wired as the handler wires them, in a sandbox that can die at any step. */
export function createModelSandbox(name: string, surroundings: SandboxSurroundings): ModelSandbox {
  const { clock, superOffice, eventQueue } = surroundings;
  const startedAt = clock.now();
  let clockBehindMs = 0;
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => {});
  let dead = false;
  const never = new Promise<never>(() => {});

  function die() {
    dead = true;
    death.reject(new Error('Runtime exited'));
  }

  /** One step to its surroundings: what a dead sandbox does has no effect, and it hears no answer. */
  async function step<Value>(effect: () => Promise<Value>): Promise<Value> {
    if (dead) return await never;
    const dies = surroundings.step();
    if (dies === 'before') {
      die();
      return await never;
    }
    try {
      const value = await effect();
      if (dies === 'after') die();
      return dead ? await never : value;
    } catch (error) {
      if (dies === 'after') die();
      if (dead) return await never;
      throw error;
    }
  }

  /** A call to AWS that meets `fault`; `effect` tells which entries it leaves out. */
  function aws<Value>(
    fault: AwsFault,
    effect: (fault: AwsFault) => Value,
    withinMs = awsGivesUpMs,
  ): Promise<Value> {
    return step(async () => {
      await clock.sleep(fault === 'hang' ? Math.min(awsGivesUpMs, withinMs) : 5);
      if (fault === 'error' || fault === 'hang') throw new Error('ServiceUnavailable');
      const value = effect(fault);
      if (fault === 'answer lost') throw new Error('TimeoutError');
      return value;
    });
  }

  const spared = (fault: AwsFault, index: number) => fault !== 'half failed' || index % 2 === 1;
  const throwIfHalf = (fault: AwsFault, entries: unknown[]) => {
    if (fault === 'half failed' && entries.length > 0) throw new Error('InternalError');
  };

  const sandboxClock: Clock = {
    now: () => clock.now() - clockBehindMs,
    async sleep(milliseconds) {
      await clock.sleep(milliseconds);
      if (dead) await never;
    },
    after: (milliseconds, action) =>
      clock.after(milliseconds, () => {
        if (!dead) action();
      }),
  };
  const report: Report = {
    info: (_, line) => surroundings.lines.push(line),
    problem: (message, fields) => surroundings.problems.push({ message, ...fields }),
    count() {},
    flush() {},
  };
  const readSecret = () =>
    aws(surroundings.nextFault('secretReads'), () => superOffice.ticketSecret);
  const exchangeOfSandbox = superOffice.exchangeOf(name);
  const exchange: typeof exchangeOfSandbox = (options) => step(() => exchangeOfSandbox(options));
  const client = createSuperOffice({
    credentials: createReportedCredentials({
      readSecret: async () => ({
        secretString: await readSecret(),
        versionId: '',
        createdAt: 0,
      }),
      report,
      timeoutMs: callTimeoutMs,
      clock: sandboxClock,
    }),
    tenantAddress: surroundings.asksStateService
      ? onlineTenant({
          stateUrl: superOffice.stateUrl,
          timeoutMs: callTimeoutMs,
          clock: sandboxClock,
          exchange,
        })
      : fixedTenant(superOffice.webApiUrl),
    callSpacingMs: surroundings.callSpacingMs,
    // Its process starts now.
    firstCallInMs: freshSandboxWaitMs(surroundings.callSpacingMs, 0),
    callTimeoutMs,
    longestPauseMs: surroundings.timeToLiveMs,
    clock: sandboxClock,
    exchange,
  });
  const routeChat = createRouteChat(
    {
      clock: sandboxClock,
      random: surroundings.random,
      superOffice: client,
      report,
      queues: {
        sendResults(results) {
          if (!dead) surroundings.resultSends.push(...results.map(toSend));
          return aws(surroundings.nextFault('sends'), (fault) =>
            results.map((outgoing, index): EntryFate => {
              const isFreeOfText =
                outgoing.result.reason === null && outgoing.result.source === null;
              if (fault === 'sender fault' && !isFreeOfText) return 'sender-fault';
              if (!spared(fault, index)) return 'not-sent';
              deliver(outgoing);
              return 'sent';
            }),
          );
        },
        deleteEvents: (events) =>
          aws(surroundings.nextFault('deletes'), (fault) => {
            for (const [index, { receiptHandle }] of events.entries()) {
              if (spared(fault, index)) eventQueue.delete(receiptHandle);
            }
            throwIfHalf(fault, events);
          }),
        sendCarrier: ({ body, messageGroupId, deduplicationId }) =>
          aws(surroundings.nextFault('carriers'), () => {
            const senderId = `${modelRoleId}:session`;
            const groupId = messageGroupId;
            const sent = eventQueue.send({ body, groupId, deduplicationId, senderId });
            surroundings.carriers[sent.messageId] = deduplicationId.replace(/:\d+$/, '');
          }),
        changeVisibility: (changes, withinMs) =>
          aws(
            surroundings.nextFault('visibilityChanges'),
            (fault) => {
              for (const [index, { event, seconds }] of changes.entries()) {
                if (spared(fault, index)) eventQueue.changeVisibility(event.receiptHandle, seconds);
              }
              throwIfHalf(fault, changes);
            },
            withinMs,
          ),
      },
    },
    { ...surroundings, roleId: modelRoleId },
  );

  function deliver({ result, messageGroupId }: OutgoingResult) {
    surroundings.deliver(JSON.parse(JSON.stringify(result)), messageGroupId, clockBehindMs);
  }

  function toSend({ result: { eventMessageId, outcome, cause } }: OutgoingResult): ResultSend {
    const says = cause ? `${outcome} (${cause})` : outcome;
    return { at: clock.now(), messageId: eventMessageId, says, sandbox: name };
  }

  const ready = clock
    .sleep(initMs)
    .then(() => Promise.race([client.prepare(), clock.sleep(2_000)]));
  return {
    name,
    isDead: () => dead,
    async invoke(records) {
      await Promise.race([ready, death.promise]);
      const isSetBack =
        startedAt < surroundings.clockSetBackAt && clock.now() >= surroundings.clockSetBackAt;
      clockBehindMs = isSetBack ? hourMs : 0;
      const endsAt = sandboxClock.now() + functionTimeoutMs;
      const timedOut = Promise.withResolvers<never>();
      const cancelTimeout = clock.after(functionTimeoutMs, () => {
        // First, so that it is what the invocation ends with.
        timedOut.reject(new Error('Task timed out after 15 seconds'));
        die();
      });
      try {
        return await Promise.race([routeChat(records, endsAt), death.promise, timedOut.promise]);
      } finally {
        cancelTimeout();
      }
    },
  };
}
