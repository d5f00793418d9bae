import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type AlarmRow, alarmText } from './alarm.ts';

export type RouteChatAlarmsProps = {
  /** @default - the alarms show in CloudWatch and tell nobody */
  readonly topic?: ITopic;
};

/** Makes the alarms of the tables it is given. Each says in its description what to do. */
export class RouteChatAlarms extends Construct {
  readonly all: Alarm[] = [];
  readonly #action: IAlarmAction | undefined;

  constructor(scope: Construct, id: string, { topic }: RouteChatAlarmsProps) {
    super(scope, id);
    this.#action = topic && new SnsAction(topic);
  }

  watch(rows: readonly AlarmRow[]): void {
    for (const row of rows) this.#watch(row);
  }

  #watch(row: AlarmRow): void {
    const { id, metric, above = 0, periods = 1, onSilence = false } = row;
    const alarm = new Alarm(this, id, {
      metric,
      threshold: onSilence ? 1 : above,
      evaluationPeriods: periods,
      alarmDescription: alarmText(Stack.of(this).stackName, row),
      comparisonOperator: onSilence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      // As a rule: no message, no call, nothing wrong. Silence takes an alarm from OK back to
      // "insufficient data", where a new one starts without telling anybody.
      treatMissingData: onSilence ? TreatMissingData.MISSING : TreatMissingData.NOT_BREACHING,
    });
    this.all.push(alarm);
    if (!this.#action) return;
    if (onSilence) alarm.addInsufficientDataAction(this.#action);
    else alarm.addAlarmAction(this.#action);
  }
}
