import { maximumConcurrency } from '../lib/limits.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../stand-ins/event-source-mapping/poller.ts';
import type { SqsEvent } from '../stand-ins/event-source-mapping/sqs-event.ts';
import { startLambdaFunction } from '../stand-ins/lambda/lambda-function.ts';
import type { Contestant } from './contestants.ts';
import { bodyFor } from './events.ts';
import {
  eventQueue,
  resultQueue,
  type StandInOptions,
  type StandIns,
  startStandIns,
} from './stand-ins.ts';

/** Stand-ins with an event source mapping: events go in, results come out. */
export type Line = {
  standIns: StandIns;
  /**
   * Sends one event for the nth chat. Resolves to the milliseconds until its result was there.
   * @param fields that it has besides
   */
  route(index: number, fields?: object): { chatSessionId: number; result: Promise<number> };
  /** What its invocations have used so far, but for the requests to SQS, which the stand-in counts. */
  readonly invocations: { durationMs: number; deletesNothing: boolean }[];
  readonly loggedBytes: number;
  /** Starts taking events from the queue; until then they wait. */
  start(): void;
  idle(): Promise<void>;
  close(): Promise<void>;
};

export async function startLine(contestant: Contestant, options: StandInOptions): Promise<Line> {
  const standIns = await startStandIns(contestant, options);
  const events = standIns.sqs.queue(eventQueue);
  const results = standIns.sqs.queue(resultQueue);
  const waiting = new Map<string, (at: number) => void>();
  const invocations: Line['invocations'] = [];
  const durations = new WeakMap<SqsEvent, number>();
  let loggedBytes = 0;
  const lambda = startLambdaFunction({
    handlerFile: contestant.handlerFile,
    environment: standIns.environment,
    timeoutSeconds: 15,
    memoryMegabytes: 256,
    logs(line) {
      loggedBytes += Buffer.byteLength(line) + 1;
    },
  });
  let mapping: EventSourceMapping | undefined;

  const stopListening = results.onChange(() => {
    const now = performance.now();
    for (const { body, receiptHandle } of results.receive({ max: 10 })) {
      waiting.get(JSON.parse(body).requestId)?.(now);
      results.delete(receiptHandle);
    }
  });

  return {
    standIns,
    invocations,
    get loggedBytes() {
      return loggedBytes;
    },
    route(index, fields) {
      const { requestId, body } = bodyFor(index, fields);
      const { chatSessionId } = JSON.parse(body);
      const sentAt = performance.now();
      const result = new Promise<number>((resolve) => {
        waiting.set(requestId, (at) => {
          waiting.delete(requestId);
          resolve(at - sentAt);
        });
      });
      events.send({ body, groupId: String(chatSessionId) });
      return { chatSessionId, result };
    },
    start() {
      mapping ??= startEventSourceMapping({
        queue: events,
        async invoke(event) {
          const startedAt = performance.now();
          const answer = await lambda.invoke(event);
          durations.set(event, performance.now() - startedAt);
          return answer;
        },
        maximumConcurrency,
        onBatch({ event, deleted }) {
          const durationMs = durations.get(event) ?? 0;
          invocations.push({ durationMs, deletesNothing: deleted.length === 0 });
        },
      });
    },
    idle: async () => await mapping?.idle(),
    async close() {
      stopListening();
      await Promise.all([mapping?.close(), lambda.close()]);
      await standIns.close();
    },
  };
}

/** Starts all sandboxes the mapping can use, and lets each do two batches. */
export async function warmUp(line: Line): Promise<void> {
  line.start();
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => line.route(index).result));
    await line.idle();
  }
}
