import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { isCarrierBody } from '../functions/route-chat/carrier.ts';
import { longestWait } from '../local/session/longest-wait.ts';
import { sendEvents } from '../local/session/send-events.ts';
import type { SentEvent } from '../promises/run-record.ts';
import type { RecordedDeployment } from './recorded-deployment.ts';
import type { Recorder } from './recorder.ts';
import type { SoakEvent } from './run-record.ts';

const checkMs = 20;
/** A second result would be here by then. */
const settlingMs = 500;
/** After the last event has had its time. */
const graceSeconds = 120;
/** A function that ends by itself as often as this is broken, and nothing will come of waiting. */
const mostFailures = 10;

/** How many events may wait at a time: few where calls are, or they would only wait to expire. */
export const mostWaiting = (maxCallsPerSecond: number) =>
  Math.min(Math.max(maxCallsPerSecond, 6), 200);

/**
 * Sends the events, a few at a time, and waits until nothing is left on either queue.
 */
export async function playThrough(options: {
  recordedDeployment: RecordedDeployment;
  client: SQSClient;
  events: readonly SoakEvent[];
  recorder: Recorder;
  maxCallsPerSecond: number;
  update: () => void;
  signal: AbortSignal;
}): Promise<void> {
  const { recordedDeployment, client, events, recorder, maxCallsPerSecond, update, signal } =
    options;
  const { deployment, eventQueue, resultQueue } = recordedDeployment;
  const pause = async () => {
    update();
    await sleep(checkMs, undefined, { signal });
  };

  const isBroken = () =>
    recorder.invocations.filter(({ failure }) => failure !== undefined && failure !== 'killed')
      .length >= mostFailures;

  for (let next = 0; next < events.length && !isBroken(); ) {
    // Offers that run are hardly ever called for.
    const waiting = eventQueue.messages().filter(({ body }) => !isCarrierBody(body)).length;
    const room = mostWaiting(maxCallsPerSecond) - waiting;
    const few = room > 0 ? events.slice(next, next + Math.min(room, 10)) : [];
    if (few.length > 0) {
      recorder.sent(await send(client, deployment.eventQueueUrl, few));
      next += few.length;
    } else await pause();
    signal.throwIfAborted();
  }

  const longest = Math.max(
    ...events.map(({ body }) => longestWait(body, deployment.eventTimeToLiveSeconds)),
  );
  const givesUpAt = Date.now() + (longest + graceSeconds) * 1000;
  const isQuiet = () => eventQueue.messages().length + resultQueue.messages().length === 0;
  while (!isQuiet() && !isBroken() && Date.now() < givesUpAt) await pause();
  await sleep(settlingMs, undefined, { signal });
}

/** Sends events in their order, each in the message group it names. */
async function send(
  client: SQSClient,
  queueUrl: string,
  events: readonly SoakEvent[],
): Promise<SentEvent[]> {
  // Two events that look the same are two events here.
  const outgoing = events.map((event) => ({ ...event, deduplicationId: randomUUID() }));
  const answers = await sendEvents(client, queueUrl, outgoing);
  const sentAt = Date.now();
  return events.map((event, index) => {
    const answer = answers[index];
    if (!answer?.taken) throw new Error(`SQS did not take an event: ${answer?.reason}`);
    return { ...event, messageId: answer.messageId, sentAt };
  });
}
