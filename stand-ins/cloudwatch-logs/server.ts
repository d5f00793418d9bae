import { AwsJsonError, startAwsJson } from '../aws-json.ts';
import { type Matches, parseFilterPattern } from './filter-pattern.ts';
import { createLogGroup } from './log-group.ts';

/** A running stand-in for CloudWatch Logs. */
export type CloudWatchLogsStandIn = {
  /** For `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`. */
  readonly endpoint: string;
  /** Takes a line that a function wrote. */
  put(logGroupName: string, line: string): void;
  close(): Promise<void>;
};

const invalid = (message: string) => new AwsJsonError('InvalidParameterException', message);

/** Lines of a group that are kept: a local run may be up for days. */
const kept = 20_000;
const longestPattern = 1_024;
const mostOnAPage = 10_000;

/**
 * Starts FilterLogEvents in AWS JSON 1.1 on this machine. What was put is found at once; on AWS it
 * takes some seconds.
 * @param options.lookedAt lines a page goes through, whether they match or not
 */
export async function startCloudWatchLogs({
  logGroupNames,
  lookedAt = 1_000,
}: {
  logGroupNames: readonly string[];
  lookedAt?: number;
}): Promise<CloudWatchLogsStandIn> {
  const groups = new Map(
    logGroupNames.map((name) => [name, createLogGroup({ kept, lookedAt })] as const),
  );

  const filterLogEvents = (input: Record<string, unknown>) => {
    const { logGroupName, filterPattern = '', startTime = 0, endTime = Infinity } = input;
    const { limit = mostOnAPage, nextToken } = input;
    if (typeof logGroupName !== 'string') throw invalid('A log group name is required.');
    if (!(Number(limit) >= 1 && Number(limit) <= mostOnAPage)) throw invalid('Invalid limit.');
    const group = groups.get(logGroupName);
    if (!group) {
      throw new AwsJsonError(
        'ResourceNotFoundException',
        'The specified log group does not exist.',
      );
    }
    const { events, next } = group.page({
      matches: matchesOf(String(filterPattern)),
      startTime: Number(startTime),
      endTime: Number(endTime),
      from: numberIn(nextToken),
      limit: Number(limit),
    });
    return {
      events: events.map(({ number, timestamp, message }) => ({
        eventId: String(number),
        logStreamName: 'local',
        timestamp,
        ingestionTime: timestamp,
        message,
      })),
      searchedLogStreams: [],
      ...(next !== undefined && { nextToken: tokenOf(next) }),
    };
  };

  const service = await startAwsJson('1.1', { FilterLogEvents: filterLogEvents });
  return {
    ...service,
    put: (logGroupName, line) => groups.get(logGroupName)?.put(line, Date.now()),
  };
}

function matchesOf(pattern: string): Matches {
  if (pattern.length > longestPattern) throw invalid('The filter pattern is too long.');
  try {
    return parseFilterPattern(pattern);
  } catch (error) {
    throw invalid(`Invalid filter pattern: ${(error as Error).message}`);
  }
}

const tokenOf = (number: number) => Buffer.from(`from ${number}`).toString('base64url');

function numberIn(token: unknown): number {
  if (token === undefined) return 0;
  const [, number] = /^from (\d+)$/.exec(Buffer.from(String(token), 'base64url').toString()) ?? [];
  if (number === undefined) throw invalid('The specified nextToken is invalid.');
  return Number(number);
}
