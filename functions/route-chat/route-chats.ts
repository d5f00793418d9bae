import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Clock } from '../../superoffice/clock.ts';
import { type Attempt, toConclusion, type Verdict } from './attempt.ts';
import type { Attempts, Earlier } from './attempts.ts';
import { fitsAnotherAttempt } from './backoff.ts';
import { unexpected } from './failure.ts';
import { type ChatRequests, newestPerChat } from './newest-per-chat.ts';
import type { Queues } from './queues.ts';
import { type RouteRequest, receiveEvent } from './received-event.ts';
import { nameOf, type Report } from './report.ts';
import { createSettlement, type Settlement } from './settlement.ts';
import { latestStart } from './timing.ts';

/** Takes one batch; `functionEndsAt` (epoch milliseconds) is when Lambda stops the function. */
export type RouteChats = (
  records: SQSRecord[],
  functionEndsAt: number,
) => Promise<SQSBatchResponse>;

export type RouteChatsOptions = {
  attempt: Attempt;
  attempts: Attempts;
  queues: Queues;
  report: Report;
  clock: Clock;
  timeToLiveMs: number;
  random: () => number;
};

/** A request, and what this sandbox knows of it. */
type KnownRequest = RouteRequest & { earlier: Earlier };

/**
 * The way of a batch: every event is read, the newest of each chat is attempted, chats side by side;
 * results leave as they become known, and what has none yet goes back to its queue.
 */
export function createRouteChats(options: RouteChatsOptions): RouteChats {
  const { attempt, attempts, queues, report, clock, timeToLiveMs, random } = options;

  return async (records, functionEndsAt) => {
    const settlement = createSettlement({ queues, report, clock, random, size: records.length });
    const received = records.map((record) => receiveEvent(record, timeToLiveMs));
    const invalid = received.filter((event) => event.kind === 'invalid');
    const requests = received
      .filter((event) => event.kind === 'request')
      .map((request): KnownRequest => ({ ...request, earlier: attempts.begin(request) }));
    const now = clock.now();
    const late = requests.filter((request) => isLateAndUntried(request, now));
    const timely = requests.filter((request) => !isLateAndUntried(request, now));

    await Promise.all([
      ...invalid.map((event) =>
        settlement.tell(event, toConclusion({ outcome: 'invalid-event', error: event.error })),
      ),
      ...late.map((request) =>
        settle(request, settlement, { outcome: 'expired', error: request.earlier.error }),
      ),
      ...newestPerChat(timely).map((chat) => routeChat(chat, settlement, functionEndsAt)),
    ]);
    return await settlement.close(functionEndsAt);
  };

  async function routeChat(
    { newest, superseded }: ChatRequests<KnownRequest>,
    settlement: Settlement,
    functionEndsAt: number,
  ) {
    if (!(await withdraw(superseded, settlement))) {
      settlement.goBack(newest, { code: 'superseded-not-settled', httpStatus: null });
      return;
    }
    const verdict = await attemptSafely(newest, latestStart(functionEndsAt));
    if (verdict.kind === 'retry') settlement.goBack(newest, verdict.error);
    else await settle(newest, settlement, verdict.conclusion);
  }

  /** Tells a request its result. Should it come again all the same, it is looked up first. */
  async function settle(
    request: RouteRequest,
    settlement: Settlement,
    said: Parameters<typeof toConclusion>[0],
  ): Promise<boolean> {
    const isTold = await settlement.tell(request, toConclusion(said));
    if (isTold) attempts.forget(request);
    return isTold;
  }

  /**
   * Older wishes are told and deleted before the newer one is tried. Left to Lambda, they would come
   * back if the function died in between, and could then be applied over the newer one.
   */
  async function withdraw(superseded: RouteRequest[], settlement: Settlement): Promise<boolean> {
    if (superseded.length === 0) return true;
    const told = await Promise.all(
      superseded.map((request) => settle(request, settlement, { outcome: 'superseded' })),
    );
    if (!told.every(Boolean)) return false;
    try {
      await queues.deleteEvents(superseded);
      return true;
    } catch (error) {
      report.problem('superseded events were not deleted', { error: nameOf(error) });
      return false;
    }
  }

  /** A bug in one chat's attempt is no reason to hold back the others, nor to try for ever. */
  async function attemptSafely(
    request: KnownRequest,
    functionLatestStart: number,
  ): Promise<Verdict> {
    try {
      return await attempt(request, request.earlier, functionLatestStart);
    } catch (error) {
      report.problem('an attempt broke off unexpectedly', { error: nameOf(error) });
      return fitsAnotherAttempt(request.deadline, clock.now())
        ? { kind: 'retry', error: unexpected }
        : { kind: 'conclude', conclusion: toConclusion({ outcome: 'unknown', error: unexpected }) };
    }
  }
}

/**
 * Its time was over before anything can have been applied: it was never received while it was live,
 * or this sandbox knows of every attempt. It takes nobody's place either.
 */
const isLateAndUntried = ({ firstReceivedAt, deadline, earlier }: KnownRequest, now: number) =>
  now >= deadline && (!earlier.perhapsApplied || firstReceivedAt >= deadline);
