import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { RouteChatResult } from '../../contract/result.ts';
import type { EntryFate, OutgoingResult } from '../../functions/route-chat/outbox.ts';
import { createRouteChat } from '../../functions/route-chat/route-chat.ts';
import { createReportedCredentials } from '../../runtime/credential-secret.ts';
import type { Report } from '../../runtime/report.ts';
import { callTimeoutMs } from '../../runtime/superoffice.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import { createSuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { freshSandboxWaitMs } from '../../superoffice/pace.ts';
import { fixedTenant } from '../../superoffice/tenant-address.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { AwsFault } from './history.ts';
import type { ModelSuperOffice } from './model-super-office.ts';

const functionTimeoutMs = 15_000;
const initMs = 150;
/** Two attempts of the SDK clients at their request timeout. */
const awsGivesUpMs = 3_100;

export type SandboxWorld = {
  clock: VirtualClock;
  superOffice: ModelSuperOffice;
  eventQueue: FifoQueue;
  /** What the result queue takes in; a repeat of what it has is dropped, as SQS does. */
  deliver(result: RouteChatResult, groupId: string): void;
  lines: object[];
  problems: unknown[];
  timeToLiveMs: number;
  callSpacingMs: number;
  random: () => number;
  nextFault(port: 'sends' | 'deletes' | 'visibilityChanges' | 'secretReads'): AwsFault;
  /** Counts one step of the function to the world; says whether the sandbox dies there. */
  step(): 'before' | 'after' | undefined;
};

export type ModelSandbox = {
  isDead(): boolean;
  /** Rejects where the sandbox dies or takes longer than Lambda lets it. */
  invoke(records: SQSRecord[]): Promise<SQSBatchResponse>;
};

/** The real modules, wired as the handler wires them, in a sandbox that can die at any step. */
export function createModelSandbox(world: SandboxWorld): ModelSandbox {
  const { clock, superOffice, eventQueue } = world;
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => {});
  let dead = false;
  const never = new Promise<never>(() => {});

  function die() {
    dead = true;
    death.reject(new Error('Runtime exited'));
  }

  /** One step to the world: what a dead sandbox does has no effect, and it hears no answer. */
  async function step<Value>(effect: () => Promise<Value>): Promise<Value> {
    if (dead) return await never;
    const dies = world.step();
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
    now: clock.now,
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
    info: (_, line) => world.lines.push(line),
    problem: (message, fields) => world.problems.push({ message, ...fields }),
    count() {},
    flush() {},
  };
  const readSecret = () => aws(world.nextFault('secretReads'), () => superOffice.ticketSecret);
  const client = createSuperOffice({
    credentials: createReportedCredentials(readSecret, report, sandboxClock),
    tenantAddress: fixedTenant(superOffice.webApiUrl),
    callSpacingMs: world.callSpacingMs,
    // Its process starts now.
    firstCallInMs: freshSandboxWaitMs(world.callSpacingMs, 0),
    callTimeoutMs,
    longestPauseMs: world.timeToLiveMs,
    clock: sandboxClock,
    fetch: (input, init) => step(() => superOffice.fetch(input, init)),
  });
  const routeChat = createRouteChat(
    {
      clock: sandboxClock,
      random: world.random,
      superOffice: client,
      report,
      queues: {
        sendResults: (results) =>
          aws(world.nextFault('sends'), (fault) =>
            results.map((outgoing, index): EntryFate => {
              const isFreeOfText =
                outgoing.result.reason === null && outgoing.result.source === null;
              if (fault === 'sender fault' && !isFreeOfText) return 'sender-fault';
              if (!spared(fault, index)) return 'not-sent';
              deliver(outgoing);
              return 'sent';
            }),
          ),
        deleteEvents: (events) =>
          aws(world.nextFault('deletes'), (fault) => {
            for (const [index, { receiptHandle }] of events.entries()) {
              if (spared(fault, index)) eventQueue.delete(receiptHandle);
            }
            throwIfHalf(fault, events);
          }),
        changeVisibility: (changes, withinMs) =>
          aws(
            world.nextFault('visibilityChanges'),
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
    world,
  );

  function deliver({ result, messageGroupId }: OutgoingResult) {
    world.deliver(JSON.parse(JSON.stringify(result)), messageGroupId);
  }

  const ready = clock
    .sleep(initMs)
    .then(() => Promise.race([client.prepare(), clock.sleep(2_000)]));
  return {
    isDead: () => dead,
    async invoke(records) {
      await Promise.race([ready, death.promise]);
      const endsAt = clock.now() + functionTimeoutMs;
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
