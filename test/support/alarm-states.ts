import { createAws } from '../../cli/doctor/aws.ts';
import type { AlarmState } from '../../cli/doctor/judge.ts';
import { readStack } from '../../local/stack/synthesized-stack.ts';
import { ofType } from '../../local/stack/template.ts';
import { templateValues } from '../../local/stack/template-values.ts';
import type { Deployed } from './deployed.ts';

/** A deployment with all that alarms watch but a system user, for tests that can share its synthesis. */
export const wholeContext = {
  eventBridgeIntake: 'true',
  httpIntake: 'true',
  resultAgeAlarmSeconds: '60',
  resultQueues: 'my-team',
};

type Metric = {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
};
type Query = { Id: string; Expression?: string; MetricStat?: { Metric: Metric; Stat: string } };
type Properties = Metric & {
  Metrics?: Query[];
  Statistic: string;
  Threshold: number;
  ComparisonOperator: string;
  AlarmDescription: string;
  TreatMissingData: string;
};

/** By "insufficient data", where it is silence that raises it. */
export const isRaised = ({ state, onSilence }: AlarmState) =>
  state === (onSilence ? 'INSUFFICIENT_DATA' : 'ALARM');

/**
 * The alarms of a deployment's template, by their ids: each raised where one period, which begins at
 * `since`, would raise it. Asks CloudWatch where `AWS_ENDPOINT_URL_CLOUDWATCH` says.
 */
export async function alarmStates(
  { assembly, deployment }: Deployed,
  { since, now }: { since: number; now: () => number },
): Promise<(AlarmState & { actions: string[] })[]> {
  const stack = readStack(assembly);
  const { resolve } = templateValues(stack, deployment.sqs.queueUrl);
  const aws = createAws(now);

  async function latest({ Metric, Stat }: { Metric: Metric; Stat: string }): Promise<number> {
    const { Namespace, MetricName, Dimensions } = Metric;
    const metric = {
      Namespace,
      MetricName,
      Dimensions: Dimensions.map(({ Name, Value }) => ({ Name, Value: resolve(Value) })),
      stat: Stat as 'Sum' | 'Maximum',
    };
    const [value] = await aws.metrics([metric], (now() - since) / 1000);
    // A count that nobody wrote is not zero, but missing.
    return Stat === 'Sum' ? value || Number.NaN : (value ?? Number.NaN);
  }

  return await Promise.all(
    ofType(stack, 'AWS::CloudWatch::Alarm').map(async ([logicalId, resource]) => {
      const alarm = resource.Properties as Properties;
      const only = { Id: 'only', MetricStat: { Metric: alarm, Stat: alarm.Statistic } };
      const queries: Query[] = alarm.Metrics ?? [only];
      const values: Record<string, number> = {};
      for (const { Id, MetricStat } of queries) {
        if (MetricStat) values[Id] = await latest(MetricStat);
      }
      const expression = queries.find(({ Expression }) => Expression)?.Expression ?? 'only';
      const value = calculate(expression, values);
      const onSilence = alarm.TreatMissingData === 'missing';
      const exceeded = alarm.ComparisonOperator === 'GreaterThanThreshold';
      const raised = exceeded ? value > alarm.Threshold : value < alarm.Threshold;
      return {
        name: logicalId.replace(/^RouteChatAlarms(\w+)[0-9A-F]{8}$/, '$1'),
        state: Number.isNaN(value) ? 'INSUFFICIENT_DATA' : raised ? 'ALARM' : 'OK',
        description: alarm.AlarmDescription,
        onSilence,
        changedAt: 0,
        actions: [],
      };
    }),
  );
}

/** Metric math, as far as alarms have it: its operators are JavaScript's. */
function calculate(expression: string, values: Record<string, number>): number {
  const functions = {
    IF: (condition: boolean, one: number, other: number) => (condition ? one : other),
    FILL: (value: number, filler: number) => (Number.isNaN(value) ? filler : value),
  };
  const known = { ...functions, ...values };
  return new Function(...Object.keys(known), `return ${expression};`)(...Object.values(known));
}
