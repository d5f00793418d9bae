import {
  CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientBounds } from '../../client/sqs.ts';
import { awsFailure } from '../deployment/aws-failure.ts';
import { describeStack } from '../deployment/describe-stack.ts';
import type { AlarmState, Mapping } from './judge.ts';

/** For each of two attempts; the keeper of the credential is given 30 s. */
const requestTimeoutMs = 10_000;
const invocationTimeoutMs = 35_000;

/**
 * What the doctor asks AWS. Each rejects with an InputError where that cannot be had.
 * @param clock by which metrics are asked for
 */
export function createAws(clock: () => number = Date.now) {
  const bounds = clientBounds(requestTimeoutMs);
  const cloudWatch = new CloudWatchClient(bounds);
  const eventBridge = new EventBridgeClient(bounds);
  const lambda = new LambdaClient(bounds);
  const sns = new SNSClient(bounds);
  const sqs = new SQSClient(bounds);

  return {
    stack: describeStack,

    alarms: (stackName: string) =>
      said('cloudwatch:DescribeAlarms', async () => {
        const alarms: MetricAlarm[] = [];
        const input = { AlarmNamePrefix: `${stackName}-` };
        for await (const page of paginateDescribeAlarms({ client: cloudWatch }, input)) {
          alarms.push(...(page.MetricAlarms ?? []));
        }
        return alarms.map(toAlarm);
      }),

    subscriptions: (TopicArn: string) =>
      said('sns:ListSubscriptionsByTopic', async () => {
        const found: { endpoint: string; subscriptionArn: string }[] = [];
        for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn })) {
          for (const { Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? []) {
            found.push({ endpoint: Endpoint, subscriptionArn: SubscriptionArn });
          }
        }
        return found;
      }),

    mappings: (FunctionName: string) =>
      said('lambda:ListEventSourceMappings', async (): Promise<Mapping[]> => {
        const command = new ListEventSourceMappingsCommand({ FunctionName });
        const { EventSourceMappings = [] } = await lambda.send(command);
        return EventSourceMappings.map(
          ({ State = '', ScalingConfig, ProvisionedPollerConfig }) => ({
            state: State,
            maximumConcurrency: ScalingConfig?.MaximumConcurrency,
            provisioned: ProvisionedPollerConfig !== undefined,
          }),
        );
      }),

    unreservedConcurrency: () =>
      said('lambda:GetAccountSettings', async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
      }),

    /** The function's variables. No secret is among them. */
    variables: (FunctionName: string) =>
      said('lambda:GetFunctionConfiguration', async () => {
        const command = new GetFunctionConfigurationCommand({ FunctionName });
        return (await lambda.send(command)).Environment?.Variables ?? {};
      }),

    invoke: (FunctionName: string) =>
      said('lambda:InvokeFunction', async () => {
        const patient = new LambdaClient(clientBounds(invocationTimeoutMs));
        const command = new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') });
        const invoked = await patient.send(command).catch(throttled);
        if ('failure' in invoked) return invoked;
        const { FunctionError, Payload } = invoked;
        const text = Payload?.transformToString() ?? '';
        const answer: unknown = text === '' ? null : JSON.parse(text);
        if (FunctionError === undefined) return { answer };
        return { failure: (answer as { errorMessage?: string }).errorMessage ?? FunctionError };
      }),

    messages: (QueueUrl: string) =>
      said('sqs:GetQueueAttributes', async () => {
        const names = [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
        ] as const;
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] });
        const { Attributes = {} } = await sqs.send(command);
        return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
      }),

    /** The newest value of each metric over that time, in their order; undefined where it has none. */
    metrics: (metrics: readonly (Metric & { stat: 'Sum' | 'Maximum' })[], periodSeconds: number) =>
      said('cloudwatch:GetMetricData', async () => {
        const now = clock();
        const { MetricDataResults = [] } = await cloudWatch.send(
          new GetMetricDataCommand({
            StartTime: new Date(now - periodSeconds * 1000),
            EndTime: new Date(now),
            MetricDataQueries: metrics.map(({ stat, ...Metric }, index) => ({
              Id: `m${index}`,
              MetricStat: { Metric, Period: 60, Stat: stat },
            })),
          }),
        );
        return metrics.map(({ stat }, index) => {
          const { Values = [] } = MetricDataResults.find(({ Id }) => Id === `m${index}`) ?? {};
          if (stat === 'Sum') return Values.reduce((sum, value) => sum + value, 0);
          return Values.length === 0 ? undefined : Values[0];
        });
      }),

    rules: (EventBusName: string) =>
      said('events:ListRules', async () => {
        const { Rules = [] } = await eventBridge.send(new ListRulesCommand({ EventBusName }));
        return Rules.map(({ Name = '', State = '' }) => ({ name: Name, state: State }));
      }),
  };
}

export type Aws = ReturnType<typeof createAws>;

const toAlarm = (alarm: MetricAlarm): AlarmState & { actions: readonly string[] } => ({
  name: alarm.AlarmName ?? '',
  state: alarm.StateValue ?? '',
  description: alarm.AlarmDescription ?? '',
  onSilence: alarm.TreatMissingData === 'missing',
  changedAt: alarm.StateUpdatedTimestamp?.getTime() ?? 0,
  actions: [...(alarm.AlarmActions ?? []), ...(alarm.InsufficientDataActions ?? [])],
});

/** Lambda's refusal to run a function, which is not about whoever asks. */
function throttled(error: unknown): { failure: string } {
  if (!(error instanceof TooManyRequestsException)) throw error;
  return {
    failure: `not tried: Lambda does not run the function (${error.name}, ${error.Reason})`,
  };
}

async function said<Value>(call: string, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw awsFailure(error, call) ?? error;
  }
}
