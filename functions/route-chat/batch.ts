import type { SQSBatchResponse } from 'aws-lambda';
import { awsCallTimeoutMs } from '../../runtime/aws-client.ts';
import { nameOf, type Report } from '../../runtime/report.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { backoffSeconds } from './backoff.ts';
import type { CarrierMessage } from './carrier.ts';
import type { Concluded } from './decide.ts';
import { type Invocation, reserveMs } from './invocation.ts';
import { createOutbox, type SendResults } from './outbox.ts';
import { queueOfSource } from './queue-of-source.ts';
import type { Queues } from './queues.ts';
import {
  type EventRecord,
  type InvalidEvent,
  type RouteRequest,
  recordIdOf,
  sequenceOf,
} from './received-event.ts';
import { toResult } from './result-message.ts';

type Received = RouteRequest | InvalidEvent;
type QueueRecord = EventRecord & Pick<RouteRequest, 'carrier'>;

/** Where the events of one batch end: each is told its result, or goes back to its queue. */
export type Batch = {
  /** Sends the event's one result. False where SQS may not have it: then the event goes back. */
  tell(event: Received, concluded: Concluded): Promise<boolean>;
  /** Deletes events that were told, ahead of Lambda. False where that failed. */
  withdraw(told: Received[]): Promise<boolean>;
  /** No result yet: another attempt later. */
  goBack(event: Received, reason: { code: string; httpStatus: number | null }): void;
  /** Sends the carrier that takes an offer on. False where SQS may not have it: the event goes back. */
  carryOn(event: RouteRequest, message: CarrierMessage): Promise<boolean>;
  /** Not due yet: back in so many seconds, without a word. */
  hold(record: QueueRecord, seconds: number): void;
  /** Sets the visibility timeouts of what goes back; answers Lambda with it. */
  end(): Promise<SQSBatchResponse>;
};

export type BatchOptions = {
  queues: Queues;
  report: Report;
  clock: Clock;
  random: () => number;
};

/** With several result queues: one that takes nothing must not keep the sandbox from the others. */
const retryAmongQueuesMs = 500;

/** Kept for the answer to Lambda itself. */
const answerMs = 300;

export function createBatch(
  { endsAt }: Invocation,
  { queues, report, clock, random }: BatchOptions,
): Batch {
  const startedAt = clock.now();
  const goingBack = new Set<Received>();
  const held = new Map<QueueRecord, number>();
  const outboxTo = (sendResults: SendResults, queue: { resultQueueOf?: string } = {}) =>
    createOutbox({
      sendResults,
      latestStart: endsAt - reserveMs,
      ...(queues.sendResultsOf && { retryMs: retryAmongQueuesMs }),
      clock,
      onError: (error) =>
        report.problem('results were not sent', { error: nameOf(error), ...queue }),
    });
  const outbox = outboxTo(queues.sendResults);
  // One for each queue, so that none waits for what another does not take.
  const outboxes =
    queues.sendResultsOf &&
    new Map(
      [...queues.sendResultsOf].map(([source, send]) => [
        source,
        outboxTo(send, { resultQueueOf: source }),
      ]),
    );

  /** One line an event and receive. */
  function log(event: Received, said: LogFields): void {
    report.info('event', {
      requestId: event.event.requestId ?? event.messageId,
      eventMessageId: event.messageId,
      chatSessionId: event.event.chatSessionId ?? null,
      ...said,
      durationMs: clock.now() - startedAt,
      receiveCount: event.receiveCount,
    });
  }

  function goBack(event: Received, { code, httpStatus }: Parameters<Batch['goBack']>[1]): void {
    goingBack.add(event);
    report.count('Retry');
    log(event, { outcome: 'retry', cause: null, error: code, httpStatus });
  }

  return {
    goBack,

    async tell(event, { conclusion, at }) {
      const result = toResult(event, conclusion, at);
      const { chatSessionId, outcome, cause, error, session, actingAs } = result;
      const messageGroupId = chatSessionId === null ? event.messageGroupId : String(chatSessionId);
      // By the event itself: a result may leave without its source, and all sends of it go one way.
      const { send } = queueOfSource(event.event.source, outboxes) ?? outbox;
      if (!(await send({ result, messageGroupId }))) {
        report.count('ResultNotSent');
        goBack(event, { code: 'result-not-sent', httpStatus: null });
        return false;
      }
      const httpStatus = error ? error.httpStatus : conclusion.session ? 200 : null;
      log(event, {
        outcome,
        cause,
        error: error?.code ?? null,
        httpStatus,
        actingAsId: actingAs?.associateId ?? null,
        userId: session?.user?.associateId ?? null,
        transferToId: session?.transferTo?.associateId ?? null,
      });
      report.count('Result');
      if (error?.code === 'tenant-not-running') report.count('TenantNotRunning');
      report.count(`Outcome.${outcome}`);
      if (cause) report.count(`Cause.${cause}`);
      return true;
    },

    async withdraw(told) {
      // Rather than be stopped in the middle: what was told is deleted by Lambda with the answer.
      if (clock.now() + awsCallTimeoutMs + answerMs > endsAt) return false;
      try {
        await queues.deleteEvents(told);
        return true;
      } catch (error) {
        report.problem('superseded events were not deleted', { error: nameOf(error) });
        return false;
      }
    },

    async carryOn(event, message) {
      try {
        await queues.sendCarrier(message);
      } catch (error) {
        report.problem('a carrier was not sent', { error: nameOf(error) });
        goBack(event, { code: 'carrier-not-sent', httpStatus: null });
        return false;
      }
      log(event, { outcome: 'offered', cause: null, error: null, httpStatus: null });
      return true;
    },

    hold(record, seconds) {
      held.set(record, seconds);
    },

    async end() {
      const now = clock.now();
      const returning: QueueRecord[] = [...goingBack, ...held.keys()];
      const groups = Map.groupBy(returning, ({ messageGroupId }) => messageGroupId);
      const changes = [...groups.values()].flatMap((records) => {
        const retried = [...goingBack].filter((event) => records.includes(event));
        const seconds = Math.min(
          ...records.map((record) => held.get(record) ?? Number.POSITIVE_INFINITY),
          retried.length > 0 ? backoffSeconds(retried, now, random) : Number.POSITIVE_INFINITY,
        );
        return records.toSorted(laterFirst).map((event) => ({ event, seconds }));
      });
      const withinMs = endsAt - now - answerMs;
      try {
        if (changes.length > 0 && withinMs > 0) await queues.changeVisibility(changes, withinMs);
      } catch (error) {
        // Nothing is lost: the events come back when the queue's own visibility timeout ends.
        report.problem('visibility timeouts were not changed', { error: nameOf(error) });
      }
      return {
        batchItemFailures: returning.map((record) => ({ itemIdentifier: recordIdOf(record) })),
      };
    },
  };
}

type LogFields = {
  /** Of the result; `retry` where there is none yet, `offered` where somebody is being asked. */
  outcome: string;
  cause: string | null;
  /** Code of the error, if any. */
  error: string | null;
  httpStatus: number | null;
  /**
   * Whose credential it was, who has the chat and who is asked, as associate ids alone. Said of a
   * result, if but as null, and of nothing else: it is what tells one from what comes before it.
   */
  actingAsId?: number | null;
  userId?: number | null;
  transferToId?: number | null;
};

/**
 * The order in which the events of a group become visible again. An older one that does so a moment
 * before the others goes out alone, and is tried; an older one that does so last takes them along.
 */
const laterFirst = (one: QueueRecord, other: QueueRecord) =>
  Number(sequenceOf(other.carrier ?? other) - sequenceOf(one.carrier ?? one));
