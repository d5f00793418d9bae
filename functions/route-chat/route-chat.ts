import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { nameOf, type Report } from '../../runtime/report.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { type Batch, createBatch } from './batch.ts';
import { type Concluded, type Conclusion, toConclusion } from './decide.ts';
import { type Invocation, invocationUntil } from './invocation.ts';
import { createMemory, type Remembered } from './memory.ts';
import { type ChatRequests, newestPerChat } from './newest-per-chat.ts';
import type { Queues } from './queues.ts';
import { type RouteRequest, receiveEvent } from './received-event.ts';
import { unexpected } from './result-errors.ts';

/** All that the function reaches the world by. */
export type RouteChatPorts = {
  superOffice: SuperOffice;
  queues: Queues;
  report: Report;
  clock: Clock;
  random?: () => number;
};

export type RouteChatSettings = { timeToLiveMs: number };

/** Takes one batch; `endsAt` (epoch milliseconds) is when Lambda stops the function. Never rejects. */
export type RouteChat = (records: SQSRecord[], endsAt: number) => Promise<SQSBatchResponse>;

/** A request, and what this sandbox knows of it. */
type KnownRequest = RouteRequest & { remembered: Remembered };

/**
 * What a batch goes through: every event is read, the newest of each chat is attempted, chats side
 * by side; results leave as they become known, and what has none yet goes back to its queue.
 */
export function createRouteChat(ports: RouteChatPorts, settings: RouteChatSettings): RouteChat {
  const { superOffice, queues, report, clock, random = Math.random } = ports;
  const memory = createMemory();
  const concluded = (conclusion: Conclusion): Concluded => ({ conclusion, at: clock.now() });

  return async (records, endsAt) => {
    const invocation = invocationUntil(endsAt);
    const batch = createBatch(invocation, { queues, report, clock, random });
    const received = records.map((record) => receiveEvent(record, settings.timeToLiveMs));
    const invalid = received.filter((event) => event.kind === 'invalid');
    const requests = received
      .filter((event) => event.kind === 'request')
      .map((request): KnownRequest => ({ ...request, remembered: memory.recall(request) }));
    const now = clock.now();
    const { live = [], over = [] } = Object.groupBy(requests, (request) =>
      isOver(request, now) ? 'over' : 'live',
    );

    await Promise.all([
      ...invalid.map((event) =>
        batch.tell(
          event,
          concluded(toConclusion({ outcome: 'invalid-event', error: event.error })),
        ),
      ),
      ...over.map((request) => settle(request, batch, invocation)),
      ...newestPerChat(live).map((chat) => routeChat(chat, batch, invocation)),
    ]);
    const response = await batch.end();
    report.flush();
    await superOffice.idle();
    return response;
  };

  async function routeChat(
    { newest, superseded }: ChatRequests<KnownRequest>,
    batch: Batch,
    invocation: Invocation,
  ): Promise<void> {
    const areGone = superseded.length === 0 || (await supersede(superseded, batch));
    if (areGone) await settle(newest, batch, invocation);
    else batch.goBack(newest, { code: 'superseded-not-settled', httpStatus: null });
  }

  /**
   * Older wishes are told and deleted before the newest one is tried. Left to Lambda, they would come
   * back if the function died in between, and could then be applied over the newer one.
   */
  async function supersede(superseded: KnownRequest[], batch: Batch): Promise<boolean> {
    const areTold = await Promise.all(
      superseded.map((request) => {
        request.remembered.concluded ??= concluded(toConclusion({ outcome: 'superseded' }));
        return batch.tell(request, request.remembered.concluded);
      }),
    );
    return areTold.every(Boolean) && (await batch.withdraw(superseded));
  }

  /** Nothing that was concluded is tried again: its result is sent again, and SQS drops a repeat. */
  async function settle(
    request: KnownRequest,
    batch: Batch,
    invocation: Invocation,
  ): Promise<void> {
    const { remembered } = request;
    if (!remembered.concluded) {
      const end = await attemptSafely(request, invocation);
      if (end.kind === 'come-back') return batch.goBack(request, end.error);
      remembered.concluded = concluded(end.conclusion);
    }
    await batch.tell(request, remembered.concluded);
  }

  /** A bug in one chat's attempt is no reason to hold back the others, nor to try for ever. */
  async function attemptSafely(request: KnownRequest, invocation: Invocation): Promise<AttemptEnd> {
    try {
      return await attempt(request, request.remembered, invocation, { superOffice, clock });
    } catch (error) {
      report.problem('an attempt broke off unexpectedly', { error: nameOf(error) });
      return clock.now() < request.deadline
        ? { kind: 'come-back', error: unexpected }
        : {
            kind: 'concluded',
            conclusion: toConclusion({ outcome: 'unknown', error: unexpected }),
          };
    }
  }
}

/** Expired, or about to be told so: it takes nobody's place. */
const isOver = ({ deadline, remembered: { concluded, known } }: KnownRequest, now: number) =>
  concluded ? concluded.conclusion.outcome === 'expired' : now >= deadline && !known.perhapsApplied;
