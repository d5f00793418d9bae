import type { CloudWatchStandIn, Metric } from '../../stand-ins/cloudwatch/server.ts';
import type { Rule, RuleCount } from '../../stand-ins/eventbridge/event-bridge.ts';
import type { LambdaCount } from '../../stand-ins/lambda/lambda-function.ts';
import type { SqsStandIn } from '../../stand-ins/sqs/server.ts';

/**
 * What SQS measures of its queues: how many messages there are, and how old the oldest is, of those
 * received fewer than three times.
 */
export const queueMeasure =
  (sqs: SqsStandIn) =>
  ({ Namespace, MetricName, Dimensions = [] }: Metric, at: number): number | undefined => {
    const [dimension] = Dimensions;
    if (Namespace !== 'AWS/SQS' || dimension?.Name !== 'QueueName') return undefined;
    const queue = sqs.queue(dimension.Value);
    switch (MetricName) {
      case 'ApproximateNumberOfMessagesVisible':
        return queue.depth().visible;
      case 'ApproximateNumberOfMessagesNotVisible':
        return queue.depth().inFlight;
      case 'ApproximateAgeOfOldestMessage': {
        const counted = queue.messages().filter(({ receiveCount }) => receiveCount < 3);
        return Math.max(0, ...counted.map(({ sentAt }) => Math.floor((at - sentAt) / 1000)));
      }
      default:
        return undefined;
    }
  };

/** Counts what Lambda counts of a function. */
export const functionCount =
  (cloudWatch: CloudWatchStandIn, functionName: string) => (MetricName: LambdaCount) =>
    cloudWatch.count({
      Namespace: 'AWS/Lambda',
      MetricName,
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
    });

/** Counts what EventBridge counts of a rule: one of the default bus by its name alone. */
export const ruleCount = (cloudWatch: CloudWatchStandIn) => (rule: Rule, MetricName: RuleCount) => {
  const byBus = [{ Name: 'EventBusName', Value: rule.busName }];
  const Dimensions = [
    { Name: 'RuleName', Value: rule.name },
    ...(rule.busName === 'default' ? [] : byBus),
  ];
  cloudWatch.count({ Namespace: 'AWS/Events', MetricName, Dimensions });
};

/** Counts what an HTTP API answers, as API Gateway does, where its own side failed. */
export function httpAnswered(cloudWatch: CloudWatchStandIn, apiId: string, status: number) {
  if (status < 500) return;
  const Dimensions = [{ Name: 'ApiId', Value: apiId }];
  cloudWatch.count({ Namespace: 'AWS/ApiGateway', MetricName: '5xx', Dimensions });
}
