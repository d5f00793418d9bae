import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Deployment } from '../../local/stack/deployment.ts';
import { leaksIn } from '../../promises/leaks.ts';
import { isMalformed, isUnexpectedError } from '../../promises/log-lines.ts';
import { brokenWhateverHappened } from '../../promises/promises.ts';
import type { SettledBatch } from '../../stand-ins/event-source-mapping/poller.ts';
import { isResultBySchema } from './schemas.ts';

/** What is wrong with a deployment whatever happened to it: one line for each breach of a promise. */
export function complaintsAbout(seen: {
  logs: string[];
  bodies: string[];
  results: ReceivedResult[];
  batches: SettledBatch[];
  deployment: Deployment;
  mayDie?: boolean | undefined;
}): string[] {
  const { logs, bodies, results, batches, deployment, mayDie = false } = seen;
  const breaches = brokenWhateverHappened({
    results: results.map((result) => {
      const completedAt = Date.parse(result.completedAt);
      return { result, at: completedAt, completedAt };
    }),
    unreadable: bodies.filter((body) => isMalformed(body) || !isResultBySchema(JSON.parse(body))),
    invocations: batches.map((batch) => ({
      startedAt: 0,
      endedAt: 0,
      messageIds: batch.event.Records.map(({ messageId }) => messageId),
      failure: failureOf(batch, mayDie),
    })),
    kills: 0,
    deadLetters: mayDie ? [] : deployment.deadLetters().map(({ messageId }) => messageId),
    maxReceiveCount: Number.POSITIVE_INFINITY,
    leaks: [...logs, ...bodies].flatMap((text) =>
      leaksIn(text).map((secret) => `"${secret}" is said in: ${text}`),
    ),
    malformedLogLines: logs.filter(isMalformed),
    unexpectedErrors: logs.filter(isUnexpectedError),
  });
  return breaches.map(({ promise, messageId = '', says }) => `${promise}: ${messageId} ${says}`);
}

function failureOf({ outcome, malformed }: SettledBatch, mayDie: boolean): string | undefined {
  if (outcome.kind === 'answered') return malformed;
  return mayDie ? undefined : JSON.stringify(outcome);
}
