import { systemClock } from '../superoffice/clock.ts';
import { required } from './environment.ts';
import type { MetricName } from './metric-name.ts';

/** Where a function says what it does. Lines carry chosen fields, never a whole error. */
export type Report = {
  info(message: string, fields: object): void;
  problem(message: string, fields?: Record<string, string | number | null>): void;
  count(name: MetricName): void;
  /** Writes out what was counted. */
  flush(): void;
};

export type ReportOptions = {
  service: string;
  namespace: string;
  now: () => number;
  /** Takes one line. Not `console.log`: under Lambda's JSON log format it would wrap the line. */
  write?: (line: string) => void;
};

/**
 * Writes log lines with the keys of Powertools for AWS Lambda, and counts in CloudWatch's embedded
 * metric format, all counts of an invocation in one line.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createReport(options: ReportOptions): Report {
  const { service, namespace, now, write = (line) => void process.stdout.write(line) } = options;
  const counts = new Map<MetricName, number>();

  const log =
    (level: 'INFO' | 'ERROR') =>
    (message: string, fields: object = {}) => {
      const timestamp = new Date(now()).toISOString();
      const xray_trace_id = traceId();
      write(
        `${JSON.stringify({ level, message, timestamp, service, xray_trace_id, ...fields })}\n`,
      );
    };

  return {
    info: log('INFO'),
    problem: log('ERROR'),
    count(name) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    flush() {
      if (counts.size === 0) return;
      const Metrics = [...counts.keys()].map((Name) => ({ Name, Unit: 'Count' }));
      const directive = { Namespace: namespace, Dimensions: [['service']], Metrics };
      const _aws = { Timestamp: now(), CloudWatchMetrics: [directive] };
      write(`${JSON.stringify({ _aws, service, ...Object.fromEntries(counts) })}\n`);
      counts.clear();
    },
  };
}

/**
 * The report of the deployment that the environment names.
 * @throws Error that names the variable that is missing.
 */
export const reportOfEnvironment = (): Report =>
  createReport({
    service: required('POWERTOOLS_SERVICE_NAME'),
    namespace: required('POWERTOOLS_METRICS_NAMESPACE'),
    now: systemClock.now,
  });

/** The invocation's trace, where Lambda tells one. */
const traceId = () => process.env._X_AMZN_TRACE_ID?.match(/Root=([^;]+)/)?.[1];

/** What may be said of an unknown error: its name. Messages and stacks can quote anything. */
export const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
