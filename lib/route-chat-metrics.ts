import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { MetricName } from '../runtime/metric-name.ts';

export const metricsNamespace = 'RouteChat';

/** A count the functions of one deployment write; both write under the same service name. */
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
