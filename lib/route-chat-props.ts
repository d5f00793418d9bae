import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import {
  defaultEventTimeToLiveSeconds,
  defaultMaxCallsPerSecond,
  eventTimeToLiveSecondsRule,
  maxCallsPerSecondRule,
  resultAgeAlarmSecondsRule,
} from './limits.ts';
import { checkProp } from './rule.ts';
import type { Tenant } from './tenant.ts';

export type RouteChatProps = {
  /** Whose chats: a fixed WebAPI address, or a customer of SuperOffice Online. */
  readonly tenant: Tenant;

  /**
   * Holds the credential, as contract/ticket-secret.schema.json says. Import it by its complete ARN,
   * or rights are granted to all secrets of its name and six characters; and with its encryption key,
   * if it has one of its own: the right to decrypt is granted along.
   * @default - a secret is created, with a placeholder to be replaced by hand
   */
  readonly ticketSecret?: ISecret;

  /**
   * Holds what a system user's tickets are made with, as docs/credentials.md says. A refused ticket is
   * then replaced; without it there is nothing that could. For customers of SuperOffice Online alone.
   * @default - a refused ticket is replaced by hand
   */
  readonly systemUserSecret?: ISecret;

  /**
   * How long after it was sent an event may still move a chat: 10 seconds to 30 minutes.
   * @default Duration.minutes(5)
   */
  readonly eventTimeToLive?: Duration;

  /**
   * Calls a second to SuperOffice, reads included, over all sandboxes: 1 to 10000. SuperOffice
   * Online allows a tenant 10.
   * @default 6
   */
  readonly maxCallsPerSecond?: number;

  /**
   * Where the alarms go. CloudWatch must be allowed to publish to it.
   * @default - the alarms are made, and tell nobody
   */
  readonly alarmTopic?: ITopic;

  /**
   * Raises an alarm where a result has waited longer to be read: 1 minute to 14 days.
   * @default - a result may wait: perhaps nobody reads them yet
   */
  readonly resultAgeAlarm?: Duration;

  /**
   * One dashboard, and three saved queries of CloudWatch Logs Insights. AWS bills an account's fourth.
   * @default true
   */
  readonly dashboard?: boolean;

  /**
   * How long the functions' logs are kept. They hold ids and outcomes, no customer's data.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
};

/** @throws Error that names the prop that is out of bounds. */
export function checkLimits(props: RouteChatProps) {
  if (props.systemUserSecret && props.tenant.customerId === undefined) {
    throw new Error(
      'RouteChat: systemUserSecret: expected together with customerId only; found with webApiUrl.',
    );
  }
  return {
    eventTimeToLiveSeconds: checkProp(
      'eventTimeToLive in seconds',
      props.eventTimeToLive?.toSeconds() ?? defaultEventTimeToLiveSeconds,
      eventTimeToLiveSecondsRule,
    ),
    maxCallsPerSecond: checkProp(
      'maxCallsPerSecond',
      props.maxCallsPerSecond ?? defaultMaxCallsPerSecond,
      maxCallsPerSecondRule,
    ),
    resultAgeAlarmSeconds:
      props.resultAgeAlarm &&
      checkProp(
        'resultAgeAlarm in seconds',
        props.resultAgeAlarm.toSeconds(),
        resultAgeAlarmSecondsRule,
      ),
    logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
  };
}
