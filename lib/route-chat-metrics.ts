import {
  type IMetric,
  MathExpression,
  Metric,
  type MetricOptions,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { MetricName } from '../runtime/metric-name.ts';

export const metricsNamespace = 'RouteChat';

/** A count the functions of one deployment write; all write under the same service name. */
export function countMetric(
  serviceName: string,
  metricName: MetricName,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: serviceName },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    ...options,
  });
}

/** A share of fewer results says nothing. */
const fewestResults = 10;

/**
 * The percentage of a quarter of an hour's results that are one of `counted` and none of `except`; 0
 * where there are fewer than ten results, and no value where there is none.
 */
export function resultShare(
  serviceName: string,
  counted: readonly MetricName[],
  except: readonly MetricName[] = [],
): MathExpression {
  const period = Duration.minutes(15);
  const usingMetrics: Record<string, IMetric> = {
    results: countMetric(serviceName, 'Result', { period }),
  };
  // A count that is not written is not zero but missing, and would take the sum along.
  const sumOf = (names: readonly MetricName[], sign: string) =>
    names
      .map((name) => {
        const id = name.replaceAll(/[^a-z]/gi, '').replace(/^./, (first) => first.toLowerCase());
        usingMetrics[id] = countMetric(serviceName, name, { period });
        return `${sign} FILL(${id}, 0)`;
      })
      .join(' ');
  const sum = `0 ${sumOf(counted, '+')} ${sumOf(except, '-')}`.trim();
  return new MathExpression({
    expression: `IF(results >= ${fewestResults}, 100 * (${sum}) / results, 0)`,
    usingMetrics,
    period,
    label: 'Percent',
  });
}

/** Messages on a queue, those that somebody has taken and not deleted among them. */
export function messagesOn(queue: IQueue): MathExpression {
  return new MathExpression({
    expression: 'waiting + taken',
    usingMetrics: {
      waiting: queue.metricApproximateNumberOfMessagesVisible(),
      taken: queue.metricApproximateNumberOfMessagesNotVisible({ statistic: Stats.MAXIMUM }),
    },
    label: 'Messages',
  });
}
