import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type CfnRule,
  EventField,
  type EventPattern,
  type IEventBusRef,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { type Function as LambdaFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { IntakeEnvironment } from '../functions/intake/environment.ts';
import { alarmsOfIntake, alarmsOfIntakeRule } from './intake-alarms.ts';
import { createLeanFunction } from './lean-function.ts';
import type { RouteChatAlarms } from './route-chat-alarms.ts';

export type IntakeProps = {
  readonly eventQueue: IQueue;
  readonly alarms: RouteChatAlarms;
  readonly eventTimeToLiveSeconds: number;
  readonly logRetention: RetentionDays;
};

/** Each field a value, or `EventField.fromPath('$.detail.…')`. */
export type EventMapping = {
  readonly chatSessionId: number | string;
  readonly toAssociate: number | string;
  readonly requestId?: string;
  readonly expiresAt?: string;
  readonly expiresInSeconds?: number | string;
  readonly source?: string;
  readonly reason?: string;
  readonly acceptWithinSeconds?: number | string;
  /** Each by itself, or all by the path of an array. */
  readonly fallbackAssociates?: readonly (number | string)[] | string;
  readonly ifNobody?: string;
  readonly pickUp?: boolean | string;
  readonly dryRun?: boolean | string;
  readonly yields?: boolean | string;
};

export type EventRuleProps = {
  readonly eventBus: IEventBusRef;
  /** Which of the events on the bus. */
  readonly eventPattern: EventPattern;
  /**
   * The event that each of them means.
   * @default - its `detail` is the event
   */
  readonly mapping?: EventMapping;
};

/** Lambda and EventBridge keep no event for less. */
const shortestEventAgeSeconds = 60;

/** All calls to SQS a large array takes, and those that are repeated. */
const timeout = Duration.seconds(30);

/** The function that sends on what others invoke it with, and where that ends up which it fails on. */
export class Intake extends Construct {
  readonly function: LambdaFunction;
  /** Standard, since neither EventBridge nor Lambda would leave dead letters on a FIFO queue. */
  readonly deadLetterQueue: Queue;
  readonly #alarms: RouteChatAlarms;
  readonly #maxEventAge: Duration;
  readonly #rules = new Construct(this, 'Rules');

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { eventQueue, alarms, eventTimeToLiveSeconds } = props;
    this.#alarms = alarms;
    this.#maxEventAge = Duration.seconds(Math.max(shortestEventAgeSeconds, eventTimeToLiveSeconds));
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.function = createLeanFunction(this, {
      folder: 'intake',
      description: 'Sends on to the event queue what EventBridge and others invoke it with.',
      timeout,
      logRetention: props.logRetention,
      deadLetterQueue: this.deadLetterQueue,
      // As the route-chat function: a reader of results may invoke this with the next offer.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        EVENT_QUEUE_URL: eventQueue.queueUrl,
        EVENT_TIME_TO_LIVE_SECONDS: String(eventTimeToLiveSeconds),
      } satisfies IntakeEnvironment,
    });
    this.function.configureAsyncInvoke({ maxEventAge: this.#maxEventAge });
    // By hand, since the ready-made grant allows more than is used.
    eventQueue.grant(this.function, 'sqs:SendMessage');
    alarms.watch(
      alarmsOfIntake({
        deadLetters: this.deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
        deadLetterErrors: this.function.metric('DeadLetterErrors', { statistic: Stats.SUM }),
      }),
    );
  }

  /** Has the function invoked with each event of this pattern. */
  addRule(id: string, { eventBus, eventPattern, mapping }: EventRuleProps): Rule {
    const target = new LambdaTarget(this.function, {
      deadLetterQueue: this.deadLetterQueue,
      maxEventAge: this.#maxEventAge,
      ...(mapping && { event: envelopeOf(mapping) }),
    });
    const rule = new Rule(this.#rules, id, { eventBus, eventPattern, targets: [target] });
    // A reference to a rule may have the name of its bus before its own, and its metrics have not.
    const ruleName = Names.uniqueResourceName(rule, { maxLength: 64, separator: '-' });
    (rule.node.defaultChild as CfnRule).name = ruleName;
    this.#alarms.watch(alarmsOfIntakeRule(id, failedDeadLetters(ruleName, eventBus)));
    return rule;
  }
}

/** What EventBridge could not even leave on the dead-letter queue. */
function failedDeadLetters(ruleName: string, { eventBusRef }: IEventBusRef): Metric {
  const { eventBusName } = eventBusRef;
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'InvocationsFailedToBeSentToDlq',
    // Rules of the default bus are counted by their name alone.
    dimensionsMap: {
      RuleName: ruleName,
      ...(eventBusName !== 'default' && { EventBusName: eventBusName }),
    },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
  });
}

/** EventBridge's own envelope around another detail: what was mapped keeps its id and its time. */
const envelopeOf = (detail: EventMapping) =>
  RuleTargetInput.fromObject({
    id: EventField.eventId,
    time: EventField.time,
    'detail-type': EventField.detailType,
    detail,
  });
