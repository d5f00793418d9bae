import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openFunctionLog } from '../../cli/send/function-log.ts';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import {
  type CloudWatchLogsStandIn,
  startCloudWatchLogs,
} from '../../stand-ins/cloudwatch-logs/server.ts';

const logGroupName = 'RouteChatLog';
const line = (eventMessageId: string) => JSON.stringify({ eventMessageId, outcome: 'assigned' });
const pattern = (eventMessageId: string) => `{ $.eventMessageId = "${eventMessageId}" }`;

let standIn: CloudWatchLogsStandIn;
let client: CloudWatchLogsClient;

const before = { ...process.env };
beforeAll(async () => {
  // Few lines a page, so that some are empty.
  standIn = await startCloudWatchLogs({ logGroupNames: [logGroupName, 'Silent'], lookedAt: 3 });
  client = new CloudWatchLogsClient({ region, credentials, endpoint: standIn.endpoint });
  for (const text of [
    'START',
    line('m-1'),
    'END',
    'START',
    'END',
    'REPORT',
    'START',
    line('m-2'),
  ]) {
    standIn.put(logGroupName, text);
  }
  process.env.AWS_REGION = region;
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  process.env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS = standIn.endpoint;
});
afterAll(async () => {
  process.env = before;
  client.destroy();
  await standIn.close();
});

const filter = (given: Partial<FilterLogEventsCommandInput>) =>
  client.send(new FilterLogEventsCommand({ logGroupName, ...given }));

/** What each page holds, until there is no next one. */
async function pagesOf(given: Partial<FilterLogEventsCommandInput>) {
  const pages: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const { events = [], nextToken: next } = await filter({ ...given, nextToken });
    pages.push(events.map(({ message }) => message));
    nextToken = next;
  } while (nextToken !== undefined);
  return pages;
}

describe('startCloudWatchLogs', () => {
  it('finds lines by a pattern, with pages that are empty while there is more', async () => {
    expect(await pagesOf({ filterPattern: pattern('m-2') })).toEqual([[], [], [line('m-2')]]);
    expect(await pagesOf({ limit: 2 })).toHaveLength(4);
  });

  it('tells when a line was written, and finds it by that', async () => {
    const { events: [event] = [] } = await filter({ filterPattern: pattern('m-1') });
    const { timestamp = 0 } = event ?? {};

    expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
    expect(event).toMatchObject({ eventId: '1', message: line('m-1'), ingestionTime: timestamp });
    expect((await pagesOf({ startTime: timestamp + 60_000 })).flat()).toEqual([]);
    expect((await pagesOf({ endTime: timestamp - 60_000 })).flat()).toEqual([]);
  });

  it('has a log group that nothing was written to yet', async () => {
    expect(await filter({ logGroupName: 'Silent' })).toMatchObject({ events: [] });
  });

  it.each([
    ['ResourceNotFoundException', { logGroupName: 'Other' }],
    ['InvalidParameterException', { filterPattern: '{ $.x > }' }],
    ['InvalidParameterException', { filterPattern: `{ $.x = "${'x'.repeat(1_024)}" }` }],
    ['InvalidParameterException', { nextToken: 'made up' }],
    ['InvalidParameterException', { limit: 10_001 }],
  ])('refuses with %s: %j', async (name, given) => {
    await expect(filter(given)).rejects.toMatchObject({ name, $fault: 'client' });
  });
});

describe('openFunctionLog', () => {
  const { signal } = new AbortController();

  it('follows pages to the last, and reads what the function says of events', async () => {
    const search = await openFunctionLog(logGroupName, signal);

    expect(await search(pattern('m-2'))).toMatchObject([{ eventMessageId: 'm-2' }]);
    expect(await search('')).toHaveLength(2);
  });

  it('says where there is no such log', async () => {
    await expect(openFunctionLog('Other', signal)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/^logs:FilterLogEvents failed: ResourceNotFoundException: /),
    });
  });
});
