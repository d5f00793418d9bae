import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReport } from '../../runtime/report.ts';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import { type CloudWatchStandIn, startCloudWatch } from '../../stand-ins/cloudwatch/server.ts';

let standIn: CloudWatchStandIn;
let client: CloudWatchClient;
const now = Date.parse('2026-11-24T12:00:30Z');

beforeAll(async () => {
  standIn = await startCloudWatch({
    measure: ({ MetricName }, at) => (MetricName === 'Age' ? at : undefined),
  });
  client = new CloudWatchClient({ region, credentials, endpoint: standIn.endpoint });
});
afterAll(async () => {
  client.destroy();
  await standIn.close();
});

type Dimension = { Name: string; Value: string };

const ask = async (Value: string, MetricName: string, Stat = 'Sum', more: Dimension[] = []) => {
  const { MetricDataResults: [result] = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - 600_000),
      EndTime: new Date(now + 60_000),
      MetricDataQueries: [
        {
          Id: 'm0',
          MetricStat: {
            Metric: {
              Namespace: 'N',
              MetricName,
              Dimensions: [{ Name: 'service', Value }, ...more],
            },
            Period: 60,
            Stat,
          },
        },
      ],
    }),
  );
  return { times: result?.Timestamps, values: result?.Values };
};

describe('startCloudWatch', () => {
  it('sums what functions count in the embedded metric format, the newest minute first', async () => {
    for (const [milliseconds, times] of [
      [-60_000, 1],
      [-1_000, 2],
      [0, 1],
      [-3_600_000, 9],
    ] as const) {
      const options = { service: 's', namespace: 'N', now: () => now + milliseconds };
      const report = createReport({ ...options, write: standIn.put });
      for (let count = 0; count < times; count += 1) report.count('Retry');
      report.info('event', {});
      report.flush();
    }

    expect(await ask('s', 'Retry')).toEqual({
      times: ['2026-11-24T12:00:00Z', '2026-11-24T11:59:00Z'].map((time) => new Date(time)),
      values: [3, 1],
    });
    expect(await ask('s', 'Result')).toEqual({ times: [], values: [] });
    expect(await ask('another', 'Retry')).toEqual({ times: [], values: [] });
    expect(await ask('s', 'Retry', 'Maximum')).toEqual({ times: [], values: [] });
  });

  it('sums what a service of AWS counts, and asks for what one measures at the end of the time', async () => {
    const metric = (MetricName: string) => ({
      Namespace: 'N',
      MetricName,
      Dimensions: [{ Name: 'service', Value: 's' }],
    });
    for (const at of [now, now + 1, now - 3_600_000]) standIn.count(metric('Errors'), at);

    expect(await ask('s', 'Errors')).toMatchObject({ values: [2] });
    expect(await ask('s', 'Age', 'Maximum')).toMatchObject({ values: [now + 60_000] });
  });

  it('knows a metric by its dimensions in any order', async () => {
    const by = (names: string[]) => names.map((Name) => ({ Name, Value: 's' }));
    const MetricName = 'Failed';
    standIn.count({ Namespace: 'N', MetricName, Dimensions: by(['a', 'service']) }, now);

    expect(await ask('s', MetricName, 'Sum', by(['a']))).toMatchObject({ values: [1] });
    expect(await ask('s', MetricName)).toMatchObject({ values: [] });
  });

  it('has no alarms', async () => {
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
  });
});
