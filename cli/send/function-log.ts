import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { clientBounds } from '../../client/sqs.ts';
import { awsFailure } from '../deployment/aws-failure.ts';
import { readLogLine } from './log-line.ts';
import type { SearchLog } from './log-watch.ts';

/** For each of two attempts. */
const requestTimeoutMs = 5_000;

/**
 * How far back a search goes: SQS has a repeat for the event of some minutes ago, and the clock here
 * may differ from AWS's.
 */
const lookBackMs = 900_000;

/**
 * Opens the log of a function, from some minutes ago on.
 * @throws InputError where it cannot be read
 */
export async function openFunctionLog(
  logGroupName: string,
  signal: AbortSignal,
): Promise<SearchLog> {
  const client = new CloudWatchLogsClient(clientBounds(requestTimeoutMs));
  const startTime = Date.now() - lookBackMs;
  const page = (filterPattern: string, nextToken: string | undefined, limit?: number) =>
    client.send(
      new FilterLogEventsCommand({ logGroupName, startTime, filterPattern, nextToken, limit }),
      { abortSignal: signal },
    );
  try {
    await page('', undefined, 1);
  } catch (error) {
    throw awsFailure(error, 'logs:FilterLogEvents') ?? error;
  }
  return async (filterPattern) => {
    const found: Awaited<ReturnType<SearchLog>> = [];
    let nextToken: string | undefined;
    do {
      // A page may be empty, and not the last.
      const answer = await page(filterPattern, nextToken);
      found.push(
        ...(answer.events ?? []).flatMap(({ message = '' }) => readLogLine(message) ?? []),
      );
      ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return found;
  };
}
