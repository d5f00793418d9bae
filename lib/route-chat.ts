import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type {
  EventSourceMapping,
  IFunction,
  Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Cause, Outcome } from '../contract/result.ts';
import type { SuperOfficeEnvironment } from '../runtime/environment.ts';
import { alarmsOfEveryDeployment, alarmsOfResultQueue, ticketNotKeptAlive } from './alarm-table.ts';
import { RouteChatDashboard } from './dashboard.ts';
import { HttpIntake } from './http-intake.ts';
import { type EventRuleProps, Intake } from './intake.ts';
import { KeepCredential } from './keep-credential.ts';
import { addResultHandler } from './result-handler.ts';
import { RouteChatAlarms } from './route-chat-alarms.ts';
import { RouteChatFunction } from './route-chat-function.ts';
import { countMetric, metricsNamespace } from './route-chat-metrics.ts';
import { addOutputs } from './route-chat-outputs.ts';
import { checkLimits, type RouteChatProps } from './route-chat-props.ts';
import { RouteChatQueues } from './route-chat-queues.ts';
import { tenantEnvironment } from './tenant.ts';
import { createTicketSecret } from './ticket-secret.ts';

/** Which results are meant, where a source has a result queue of its own. */
export type ResultsOf = {
  /**
   * A source that was given a result queue by `addResultQueue`.
   * @default - the result queue, with the results for all other sources
   */
  readonly source?: string;
};

/**
 * Moves live SuperOffice chat sessions between associates: events in, one truthful result each out.
 * @throws Error that names the prop, where one is out of bounds.
 */
export class RouteChat extends Construct {
  /** FIFO. One event a message, in the message group of its chat session. */
  readonly eventQueue: Queue;
  /**
   * FIFO. One result per event, in the message group of its chat session; none of those that have a
   * result queue of their own.
   */
  readonly resultQueue: Queue;
  /** Events that killed the function, until the second look has told their results. */
  readonly deadLetterQueue: Queue;
  /** Results their reader failed on ten times. */
  readonly resultDeadLetterQueue: Queue;
  readonly function: LambdaFunction;
  /** Tells the results of dead letters. */
  readonly secondLookFunction: LambdaFunction;
  readonly keepCredentialFunction: LambdaFunction;
  /** The secret that was given, or the one created. */
  readonly ticketSecret: ISecret;
  /** Dimension `service` of this deployment's logs and metrics. */
  readonly serviceName: string;
  readonly #queues: RouteChatQueues;
  readonly #routing: RouteChatFunction;
  readonly #alarms: RouteChatAlarms;
  readonly #dashboard: RouteChatDashboard | undefined;
  readonly #limits: ReturnType<typeof checkLimits>;
  #madeIntake: Intake | undefined;
  #httpIntake: HttpIntake | undefined;

  constructor(scope: Construct, id: string, props: RouteChatProps) {
    super(scope, id);
    this.#limits = checkLimits(props);
    const { eventTimeToLiveSeconds, maxCallsPerSecond, logRetention } = this.#limits;
    this.serviceName = Names.uniqueResourceName(this, {
      maxLength: 64,
      separator: '-',
      allowedSpecialCharacters: '-',
    });
    this.ticketSecret = props.ticketSecret ?? createTicketSecret(this, 'TicketSecret');
    const superOffice: SuperOfficeEnvironment = {
      ...tenantEnvironment(props.tenant),
      TICKET_SECRET_ARN: this.ticketSecret.secretArn,
      POWERTOOLS_SERVICE_NAME: this.serviceName,
      POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
    };

    this.#queues = new RouteChatQueues(this, 'Queues', {
      name: this.serviceName,
      eventTimeToLiveSeconds,
    });
    this.eventQueue = this.#queues.eventQueue;
    this.deadLetterQueue = this.#queues.deadLetterQueue;
    this.resultQueue = this.#queues.results.queue;
    this.resultDeadLetterQueue = this.#queues.results.deadLetterQueue;

    const keepCredential = new KeepCredential(this, 'KeepCredential', {
      ticketSecret: this.ticketSecret,
      ...(props.systemUserSecret && { systemUserSecret: props.systemUserSecret }),
      superOffice,
      logRetention,
    });
    this.keepCredentialFunction = keepCredential.function;

    this.#routing = new RouteChatFunction(this, 'RouteChat', {
      eventQueue: this.eventQueue,
      deadLetterQueue: this.deadLetterQueue,
      resultQueue: this.resultQueue,
      ticketSecret: this.ticketSecret,
      renewalQueue: keepCredential.renewalQueue,
      superOffice,
      eventTimeToLiveSeconds,
      maxCallsPerSecond,
      logRetention,
    });
    this.function = this.#routing.function;
    this.secondLookFunction = this.#routing.secondLookFunction;

    this.#alarms = new RouteChatAlarms(this, 'Alarms', {
      ...(props.alarmTopic && { topic: props.alarmTopic }),
    });
    const hasSystemUser = props.systemUserSecret !== undefined;
    this.#alarms.watch(alarmsOfEveryDeployment({ ...this, eventTimeToLiveSeconds, hasSystemUser }));
    if (props.dashboard ?? true) {
      this.#dashboard = new RouteChatDashboard(this, 'Dashboard', { ...this, maxCallsPerSecond });
    }
    this.#watchResults();
  }

  /** Those of what is added later, too, once it is; each says in its description what to do. */
  get alarms(): readonly Alarm[] {
    return this.#alarms.all;
  }

  /** To add widgets to; none where the props want none. */
  get dashboard(): Dashboard | undefined {
    return this.#dashboard?.dashboard;
  }

  get #intake(): Intake {
    this.#madeIntake ??= new Intake(this, 'Intake', {
      eventQueue: this.eventQueue,
      alarms: this.#alarms,
      ...this.#limits,
    });
    return this.#madeIntake;
  }

  /**
   * For what can invoke a function and cannot send to a FIFO queue by chat: Scheduler, Step Functions,
   * an alarm. It takes an event, an array of events, or EventBridge's envelope with an event as its
   * detail. Made, with its dead-letter queue and alarms, once it is asked for.
   */
  get intakeFunction(): LambdaFunction {
    return this.#intake.function;
  }

  /** Events that did not get from the intake to the event queue. Made as `intakeFunction` is. */
  get intakeDeadLetterQueue(): Queue {
    return this.#intake.deadLetterQueue;
  }

  /**
   * Has what a pattern finds on a bus of EventBridge sent to the event queue, by the intake function.
   * It keeps its id, by which a repeat is told, and its time, from which it lives. A path of the
   * mapping that an event lacks arrives as an empty string: where the field may not be one, the result
   * is `invalid-event`.
   */
  addRule(id: string, props: EventRuleProps): Rule {
    return this.#intake.addRule(id, props);
  }

  /**
   * Adds an HTTPS endpoint for SuperOffice's webhooks, and for whatever else can sign a request, with
   * its secret, access log and alarms. One at most.
   */
  addHttpIntake(): HttpIntake {
    this.#httpIntake = new HttpIntake(this, 'HttpIntake', {
      eventQueue: this.eventQueue,
      alarms: this.#alarms,
      serviceName: this.serviceName,
      ...this.#limits,
    });
    return this.#httpIntake;
  }

  /**
   * Adds to the stack the outputs that `superoffice-route-chat … --stack NAME` finds a deployment by:
   * `EventQueueUrl`, `FunctionName` and the others that `RouteChatStack` has, of what is added later,
   * too. Their names are fixed, so one RouteChat a stack can have them.
   */
  addOutputs(): void {
    addOutputs(this, () => ({
      resultQueues: this.#queues.bySource,
      intake: this.#madeIntake,
      httpIntake: this.#httpIntake,
    }));
  }

  /** For whatever decides that a chat be moved. */
  grantSendEvents(grantee: IGrantable): Grant {
    return this.eventQueue.grantSendMessages(grantee);
  }

  /**
   * Gives the results for a source a FIFO queue of their own, with a dead-letter queue and an alarm:
   * those of events whose `source`, up to its first colon, is this very name (`rebalancing` has
   * `rebalancing:night`, not `Rebalancing`). They no longer come on `resultQueue`.
   *
   * A source is a label, no identity: whoever may send events may write any source into them, so the
   * queue sorts results, and proves nothing of who asked. Before you take such a queue away again,
   * have no more events sent for the source, wait until they are done, and have the queue and its
   * dead-letter queue read until they are empty: both are deleted with all that is on them.
   * @param source a lower-case letter, then up to 19 lower-case letters, digits or hyphens; ten at most
   * @throws Error that names the source, what was expected and what was found.
   */
  addResultQueue(source: string): Queue {
    const { queue } = this.#queues.addResultQueue(source);
    this.#routing.addResultQueue(source, queue);
    this.#watchResults(source);
    return queue;
  }

  #watchResults(source?: string): void {
    const { resultAgeAlarmSeconds } = this.#limits;
    const pair = this.#queues.resultsOf(source);
    this.#alarms.watch(alarmsOfResultQueue(pair, source, resultAgeAlarmSeconds));
    this.#dashboard?.addResultQueue(pair.queue, source);
  }

  /**
   * The queue `addResultQueue` made for this source.
   * @throws Error that names the sources there are, where it made none.
   */
  resultQueueOf(source: string): Queue {
    return this.#queues.resultsOf(source).queue;
  }

  /**
   * What the readers of that queue failed on ten times.
   * @throws Error as `resultQueueOf` does.
   */
  resultDeadLetterQueueOf(source: string): Queue {
    return this.#queues.resultsOf(source).deadLetterQueue;
  }

  /**
   * For whatever acts on what became of the events: of one source, or of all that have no result
   * queue of their own.
   * @throws Error as `resultQueueOf` does.
   */
  grantConsumeResults(grantee: IGrantable, { source }: ResultsOf = {}): Grant {
    return this.#queues.resultsOf(source).queue.grantConsumeMessages(grantee);
  }

  /**
   * Has a function handle the results, as `createResultHandler` of the package's `./client` makes
   * one: mapped to the result queue, or to that of a source, with the rights to take results off it.
   * Its timeout is at most 30 seconds. One reader a queue: two would take each other's results.
   * @throws Error as `resultQueueOf` does, or where the timeout is longer.
   */
  addResultHandler(handler: IFunction, { source }: ResultsOf = {}): EventSourceMapping {
    return addResultHandler(this.#queues.resultsOf(source).queue, handler);
  }

  /** Results with this outcome. */
  metricOutcome(outcome: Outcome, options?: MetricOptions): Metric {
    return countMetric(this.serviceName, `Outcome.${outcome}`, options);
  }

  /** Results with the outcome `not-applied`, by cause. */
  metricCause(cause: Cause, options?: MetricOptions): Metric {
    return countMetric(this.serviceName, `Cause.${cause}`, options);
  }

  /** Attempts that ended in another one to come. */
  metricRetry(options?: MetricOptions): Metric {
    return countMetric(this.serviceName, 'Retry', options);
  }

  /** SuperOffice answered 401 to the newest credential, or its login service refused it. */
  metricTicketRefused(options?: MetricOptions): Metric {
    return countMetric(this.serviceName, 'TicketRefused', options);
  }

  /** The secret is missing, malformed, throttled, denied, or still the placeholder. */
  metricTicketUnavailable(options?: MetricOptions): Metric {
    return countMetric(this.serviceName, 'TicketUnavailable', options);
  }

  /** A system user's ticket was refused, and no other one could be put in its place. */
  metricTicketNotMinted(options?: MetricOptions): Metric {
    return countMetric(this.serviceName, 'TicketNotMinted', options);
  }

  /** Signs of life the credential was not given, although Lambda tried three times; one an hour. */
  metricTicketNotKeptAlive(options: MetricOptions = {}): Metric {
    return ticketNotKeptAlive(this.keepCredentialFunction).with(options);
  }

  /** Seconds the oldest event has waited. */
  metricAgeOfOldestEvent(options?: MetricOptions): Metric {
    return this.eventQueue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(1),
      ...options,
    });
  }

  /** Events in the dead-letter queue. */
  metricDeadLetters(options?: MetricOptions): Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible(options);
  }

  /**
   * Results in the dead-letter queue behind the result queue, or behind that of a source.
   * @throws Error as `resultQueueOf` does.
   */
  metricResultDeadLetters({ source, ...options }: MetricOptions & ResultsOf = {}): Metric {
    const { deadLetterQueue } = this.#queues.resultsOf(source);
    return deadLetterQueue.metricApproximateNumberOfMessagesVisible(options);
  }
}
