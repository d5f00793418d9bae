import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen } from '../http-server.ts';

/** A running stand-in for CloudWatch's metrics. */
export type CloudWatchStandIn = {
  /** For `AWS_ENDPOINT_URL_CLOUDWATCH`. */
  readonly endpoint: string;
  /** Takes a line that a function wrote: counts in the embedded metric format are kept. */
  put(line: string): void;
  close(): Promise<void>;
};

type Metric = { Namespace: string; MetricName: string; Dimensions?: Dimension[] };
type Dimension = { Name: string; Value: string };
type Query = { Id: string; MetricStat: { Metric: Metric; Stat: string; Period: number } };
type Count = { at: number; name: string; value: number };

/** Of what functions count; a local run may be up for days. */
const kept = 100_000;

/**
 * Starts GetMetricData and DescribeAlarms in AWS JSON 1.0 on this machine. Metrics are what functions
 * count themselves, and only as sums; what AWS measures has no values, and there are no alarms.
 */
export async function startCloudWatch(): Promise<CloudWatchStandIn> {
  const counts: Count[] = [];

  const getMetricData = (input: Record<string, unknown>) => {
    const [start, end] = [Number(input.StartTime) * 1000, Number(input.EndTime) * 1000];
    const valuesOf = ({ MetricStat: { Metric, Stat, Period } }: Query) => {
      const sums = new Map<number, number>();
      for (const { at, name, value } of counts) {
        if (Stat !== 'Sum' || name !== nameOf(Metric) || at < start || at >= end) continue;
        const period = Math.floor(at / 1000 / Period) * Period;
        sums.set(period, (sums.get(period) ?? 0) + value);
      }
      return [...sums].sort(([one], [other]) => other - one);
    };
    const queries = input.MetricDataQueries as Query[];
    return {
      MetricDataResults: queries.map((query) => {
        const values = valuesOf(query);
        return {
          Id: query.Id,
          StatusCode: 'Complete',
          Timestamps: values.map(([period]) => period),
          Values: values.map(([, value]) => value),
        };
      }),
    };
  };

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const input = (await json(request)) as Record<string, unknown>;
    const [status, body] =
      operation === 'GetMetricData'
        ? [200, getMetricData(input)]
        : operation === 'DescribeAlarms'
          ? [200, { MetricAlarms: [] }]
          : [400, { __type: 'UnknownOperationException', message: `No ${operation} here.` }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });

  return {
    endpoint: await listen(server),
    put(line) {
      if (!line.startsWith('{"_aws"')) return;
      for (const count of countsIn(line)) counts.push(count);
      if (counts.length > kept) counts.splice(0, counts.length - kept);
    },
    close: () => close(server),
  };
}

/** A metric by all that tells it from others. */
const nameOf = ({ Namespace, MetricName, Dimensions = [] }: Metric) =>
  [Namespace, MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)].join(' ');

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function countsIn(line: string): Count[] {
  const root = JSON.parse(line) as Record<string, unknown> & {
    _aws: {
      Timestamp: number;
      CloudWatchMetrics: {
        Namespace: string;
        Dimensions: string[][];
        Metrics: { Name: string }[];
      }[];
    };
  };
  const { Timestamp, CloudWatchMetrics } = root._aws;
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name: MetricName }) => {
        const dimensions = names.map((Name) => ({ Name, Value: String(root[Name]) }));
        const name = nameOf({ Namespace, MetricName, Dimensions: dimensions });
        return { at: Timestamp, name, value: Number(root[MetricName]) };
      }),
    ),
  );
}
