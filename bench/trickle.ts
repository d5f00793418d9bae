import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RouteChatSendError } from '../client/route-chat-send-error.ts';
import { sendRouteChatEvents } from '../client/send-route-chat-events.ts';
import type { Trickle } from '../client/trickle.ts';
import { startResultReader } from '../local/session/result-reader.ts';
import { deploy } from '../local/stack/deployment.ts';
import { newTicketSecret, standInTenant } from '../local/stack/stand-in-credential.ts';
import { synthesize } from '../local/stack/synthesize.ts';
import { createTenant } from '../stand-ins/superoffice/chat-sessions.ts';
import { startSuperOffice } from '../stand-ins/superoffice/server.ts';
import { quantile } from './statistics.ts';

/*
 * How long an escalation waits for its result while a rebalancing job trickles, and while the same
 * job sends all at once. The stack as it is deployed, at its own pace; SuperOffice answers in 100 ms.
 * Of the trickle this is a part: each minute of it is like the next.
 */

const answerMs = 100;
const trickledMoves = 1_000;
const watchedSeconds = 60;
/** Takes half a minute: what yields is looked at, and then asked for, at six calls a second. */
const burstMoves = Number(process.argv[2] ?? 100);
const mostP99Ms = 2_000;

const tenant = createTenant({ now: Date.now, seed: [] });
const superOffice = await startSuperOffice({ tenant, delayMs: answerMs });
const deployment = await deploy({
  assembly: await synthesize(standInTenant),
  ticketSecret: newTicketSecret(superOffice),
  environment: { WEB_API_URL: superOffice.webApiUrl },
  logs: () => undefined,
});
const sqs = deployment.createClient();
const arrivals = new Map<string, number>();
const reader = startResultReader({
  client: sqs,
  queueUrl: deployment.resultQueueUrl,
  onResult: ({ requestId }) => void arrivals.set(requestId, performance.now()),
  onUnreadable: (_, reason) => console.error(reason),
});

try {
  await sendRouteChatEvents([event('warm-up')], options());
  await until(() => arrivals.has('warm-up'));

  const ended = new AbortController();
  const moves = sendMoves(trickledMoves, { trickle: {}, signal: ended.signal });
  const trickled = await escalate(watchedSeconds);
  ended.abort();
  const sent = await moves;
  await until(() => sent.every((requestId) => arrivals.has(requestId)));
  report(`${sent.length} of ${trickledMoves} moves trickle`, trickled);

  const burst = await sendMoves(burstMoves);
  report(`${burst.length} moves burst`, await escalate(10));
  process.exitCode = quantile(trickled, 0.99) > mostP99Ms ? 1 : 0;
} finally {
  await Promise.all([reader.close(), deployment.close(), superOffice.close()]);
  sqs.destroy();
}

function event(requestId: string, more: { source?: string; yields?: boolean } = {}) {
  return { chatSessionId: tenant.addSession(), toAssociate: 8, requestId, ...more };
}

function options(more: { trickle?: Trickle; signal?: AbortSignal } = {}) {
  return { queueUrl: deployment.eventQueueUrl, sqs, ...more };
}

/** Resolves to the request ids of what SQS has, once it has all or the signal aborts. */
async function sendMoves(count: number, more: Parameters<typeof options>[0] = {}) {
  const moves = Array.from({ length: count }, () =>
    event(randomUUID(), { source: 'rebalancing', yields: true }),
  );
  const ids = moves.map(({ requestId }) => requestId);
  try {
    await sendRouteChatEvents(moves, options(more));
    return ids;
  } catch (error) {
    if (!(error instanceof RouteChatSendError) || !more.signal?.aborted) throw error;
    const { answers } = error;
    return ids.filter((_, index) => answers[index]?.kind === 'sent');
  }
}

/** About one escalation a second, at no beat. Resolves to the milliseconds each waited for its result. */
async function escalate(seconds: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  for (let count = 0; count < seconds; count += 1) {
    await sleep(2_000 * Math.random());
    const escalation = event(randomUUID(), { source: 'escalation' });
    sentAt.set(escalation.requestId, performance.now());
    await sendRouteChatEvents([escalation], options());
  }
  await until(() => [...sentAt.keys()].every((requestId) => arrivals.has(requestId)));
  return [...sentAt].map(([requestId, at]) => (arrivals.get(requestId) ?? Number.NaN) - at);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

function report(meanwhile: string, waits: readonly number[]): void {
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => `${Math.round(quantile(waits, share))} ms`);
  console.log(
    `An escalation waits, while ${meanwhile}: median ${p50}, p99 ${p99}, at most ${max}; ${waits.length} of them.`,
  );
}
