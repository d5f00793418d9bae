import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Deployment } from '../../local/stack/deployment.ts';
import type { SettledBatch } from '../../stand-ins/event-source-mapping/poller.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';
import { isResultBySchema } from './schemas.ts';

/** How every ticket of the stand-in begins, and what else nobody may read in a log or a result. */
const secrets = [
  `7T:${Buffer.from('fa4e', 'utf16le').toString('base64').slice(0, 9)}`,
  'SOTicket ',
  'Bearer ',
  appToken,
  '@stand-in.example',
  ...personalData,
];

/**
 * What is wrong with a deployment whatever happened to it: a secret or a customer's data in a log
 * line or a result, a result that breaks its schema, two results of one event, a dead letter, an
 * invocation without an answer, a line that is no JSON, a failure that nobody thought of.
 */
export function complaintsAbout(seen: {
  logs: string[];
  bodies: string[];
  results: ReceivedResult[];
  batches: SettledBatch[];
  deployment: Deployment;
  mayDie?: boolean | undefined;
}): string[] {
  const { logs, bodies, results, batches, deployment, mayDie = false } = seen;
  const ids = results.map(({ eventMessageId }) => eventMessageId);
  return [
    ...[...logs, ...bodies].flatMap((text) =>
      secrets
        .filter((secret) => text.includes(secret))
        .map((secret) => `"${secret}" is said in: ${text}`),
    ),
    ...bodies
      .filter((body) => !body.startsWith('{') || !isResultBySchema(JSON.parse(body)))
      .map((body) => `No result by its schema: ${body}`),
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => `Told more than once: ${id}`),
    ...logs.filter((line) => !isJson(line)).map((line) => `No JSON in the log: ${line}`),
    ...logs
      .filter((line) => line.includes('broke off unexpectedly'))
      .map((line) => `A failure that nobody thought of: ${line}`),
    ...deployment.deadLetters().map(({ body }) => `A dead letter: ${body}`),
    ...batches
      .filter(({ outcome, malformed }) => malformed || (outcome.kind === 'failed' && !mayDie))
      .map(({ outcome }) => `An invocation without an answer: ${JSON.stringify(outcome)}`),
  ];
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
