import type { SQSBatchResponse } from 'aws-lambda';
import type { Clock } from '../../superoffice/clock.ts';
import type { Conclusion } from './attempt.ts';
import { backoffSeconds } from './backoff.ts';
import type { Queues } from './queues.ts';
import type { InvalidEvent, RouteRequest } from './received-event.ts';
import { nameOf, type Report } from './report.ts';
import { toResult } from './result-message.ts';
import { createResultOutbox } from './result-outbox.ts';

export type Received = RouteRequest | InvalidEvent;

/** Where the events of one batch end: each is told its result, or goes back to its queue. */
export type Settlement = {
  /** Sends the event's one result. False where SQS may not have it: then the event goes back. */
  tell(event: Received, conclusion: Conclusion): Promise<boolean>;
  /** No result yet: another attempt later. */
  goBack(event: Received, reason: { code: string; httpStatus: number | null }): void;
  /** Sets the visibility timeouts of what goes back; answers Lambda with it. */
  close(functionEndsAt: number): Promise<SQSBatchResponse>;
};

export type SettlementOptions = {
  queues: Queues;
  report: Report;
  clock: Clock;
  random: () => number;
  /** How many events the batch holds. */
  size: number;
};

/** Kept for the answer to Lambda itself. */
const answerMs = 300;

export function createSettlement(options: SettlementOptions): Settlement {
  const { queues, report, clock, random, size } = options;
  const startedAt = clock.now();
  const goingBack = new Set<Received>();
  const outbox = createResultOutbox({
    sendResults: queues.sendResults,
    expected: size,
    clock,
    onError: (error) => report.problem('results were not sent', { error: nameOf(error) }),
  });

  function retry(event: Received, reason: { code: string; httpStatus: number | null }) {
    goingBack.add(event);
    report.count('Retry');
    log(event, {
      outcome: 'retry',
      cause: null,
      error: reason.code,
      httpStatus: reason.httpStatus,
    });
  }

  type Said = {
    outcome: string;
    cause: string | null;
    error: string | null;
    httpStatus: number | null;
  };
  function log(event: Received, said: Said) {
    report.event({
      requestId: event.event.requestId ?? event.messageId,
      eventMessageId: event.messageId,
      chatSessionId: event.event.chatSessionId ?? null,
      ...said,
      durationMs: clock.now() - startedAt,
      receiveCount: event.receiveCount,
    });
  }

  return {
    async tell(event, conclusion) {
      const result = toResult(event, conclusion, clock.now());
      const { chatSessionId, outcome, cause, error } = result;
      const messageGroupId = chatSessionId === null ? event.messageGroupId : String(chatSessionId);
      if (!(await outbox.send({ result, messageGroupId }))) {
        retry(event, { code: 'result-not-sent', httpStatus: null });
        return false;
      }
      const httpStatus = error ? error.httpStatus : conclusion.session ? 200 : null;
      log(event, { outcome, cause, error: error?.code ?? null, httpStatus });
      report.count(`Outcome.${outcome}`);
      if (cause) report.count(`Cause.${cause}`);
      return true;
    },

    goBack(event, reason) {
      outbox.expectOneLess();
      retry(event, reason);
    },

    async close(functionEndsAt) {
      const now = clock.now();
      const groups = Map.groupBy(goingBack, ({ messageGroupId }) => messageGroupId);
      const changes = [...groups.values()].flatMap((events) => {
        const seconds = backoffSeconds(events.map(toWaiting), now, random);
        return events.toSorted(laterFirst).map((event) => ({ event, seconds }));
      });
      const withinMs = functionEndsAt - now - answerMs;
      try {
        if (changes.length > 0 && withinMs > 0) await queues.changeVisibility(changes, withinMs);
      } catch (error) {
        // Nothing is lost: the events come back when the queue's own visibility timeout ends.
        report.problem('visibility timeouts were not changed', { error: nameOf(error) });
      }
      return {
        batchItemFailures: [...goingBack].map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    },
  };
}

/**
 * The order in which the events of a group become visible again. An older one that does so a moment
 * before the others goes out alone, and is tried; an older one that does so last takes them along.
 */
const laterFirst = (one: Received, other: Received) =>
  BigInt(one.sequenceNumber ?? 0) < BigInt(other.sequenceNumber ?? 0) ? 1 : -1;

const toWaiting = (event: Received) => ({
  receiveCount: event.receiveCount,
  deadline: event.kind === 'request' ? event.deadline : 0,
});
