import { startAwsJson } from '../aws-json.ts';

/** A running stand-in for CloudWatch's metrics. */
export type CloudWatchStandIn = {
  /** For `AWS_ENDPOINT_URL_CLOUDWATCH`. */
  readonly endpoint: string;
  /** Takes a line that a function wrote: counts in the embedded metric format are kept. */
  put(line: string): void;
  /** Counts one, as another service of AWS does; now, unless told otherwise. */
  count(metric: Metric, at?: number): void;
  close(): Promise<void>;
};

export type Metric = { Namespace: string; MetricName: string; Dimensions?: Dimension[] };
type Dimension = { Name: string; Value: string };
type Query = { Id: string; MetricStat: { Metric: Metric; Stat: string; Period: number } };
type Count = { at: number; name: string; value: number };

/** Of what is counted; a local run may be up for days. */
const kept = 100_000;

/**
 * Starts GetMetricData and DescribeAlarms in AWS JSON 1.0 on this machine. What is counted has sums
 * alone, and there are no alarms.
 * @param options.measure what a service measures at a moment, in epoch milliseconds; undefined for
 *   what it does not measure
 */
export async function startCloudWatch({
  measure = () => undefined,
}: {
  measure?: (metric: Metric, at: number) => number | undefined;
} = {}): Promise<CloudWatchStandIn> {
  const counts: Count[] = [];

  const getMetricData = (input: Record<string, unknown>) => {
    const [start, end] = [Number(input.StartTime) * 1000, Number(input.EndTime) * 1000];
    const valuesOf = ({ MetricStat: { Metric, Stat, Period } }: Query) => {
      const measured = measure(Metric, end);
      if (measured !== undefined) return [[end / 1000, measured] as const];
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

  const service = await startAwsJson('1.0', {
    GetMetricData: getMetricData,
    DescribeAlarms: () => ({ MetricAlarms: [] }),
  });

  const keep = (more: readonly Count[]) => {
    counts.push(...more);
    if (counts.length > kept) counts.splice(0, counts.length - kept);
  };

  return {
    ...service,
    put(line) {
      if (line.startsWith('{"_aws"')) keep(countsIn(line));
    },
    count: (metric, at = Date.now()) => keep([{ at, name: nameOf(metric), value: 1 }]),
  };
}

/** A metric by all that tells it from others; its dimensions have no order. */
const nameOf = ({ Namespace, MetricName, Dimensions = [] }: Metric) => {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`);
  dimensions.sort((one, other) => (one < other ? -1 : 1));
  return [Namespace, MetricName, ...dimensions].join(' ');
};

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
