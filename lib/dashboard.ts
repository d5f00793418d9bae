import {
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Row,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Cause, causes, type Outcome, outcomes } from '../contract/result.ts';
import type { MetricName } from '../runtime/metric-name.ts';
import { countMetric, messagesOn } from './route-chat-metrics.ts';

export type RouteChatDashboardProps = {
  readonly serviceName: string;
  readonly maxCallsPerSecond: number;
  readonly eventQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly function: LambdaFunction;
  readonly secondLookFunction: LambdaFunction;
  readonly keepCredentialFunction: IFunction;
};

/** What an offer may end with, once somebody was asked. */
const offerAnswers: readonly Outcome[] = ['assigned', 'declined', 'unanswered'];

/** One dashboard, from top to bottom: do chats move, how fast, what fails, what waits; and queries. */
export class RouteChatDashboard extends Construct {
  readonly dashboard: Dashboard;
  readonly #ages: GraphWidget;

  constructor(scope: Construct, id: string, props: RouteChatDashboardProps) {
    super(scope, id);
    const { serviceName, eventQueue } = props;
    const counts = (names: readonly MetricName[]) =>
      names.map((name) => countMetric(serviceName, name, { label: name.replace(/^\w+\./, '') }));

    this.#ages = graph('What waits: age of the oldest', [
      eventQueue.metricApproximateAgeOfOldestMessage({ label: 'event' }),
    ]);
    this.dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    this.dashboard.addWidgets(
      new Row(
        graph('Are chats moving? Results by outcome', counts(outcomes.map(outcomeCount)), true),
        graph('Offers by answer', counts(offerAnswers.map(outcomeCount)), true),
      ),
      new Row(
        graph('How fast? A batch, in milliseconds', [
          props.function.metricDuration({ statistic: Stats.p(50), label: 'half of them' }),
          props.function.metricDuration({ statistic: Stats.p(95), label: 'nearly all' }),
        ]),
        graph('Pace used, in percent', [paceUsed(serviceName, props.maxCallsPerSecond)]),
      ),
      new Row(
        graph('What is not applied, and why', counts(causes.map(causeCount)), true),
        graph('What goes wrong', [
          ...counts(['Retry', 'ResultNotSent', 'TicketRefused', 'TicketUnavailable']),
          props.function.metricErrors({ label: 'function errors' }),
          props.function.metricThrottles({ label: 'function throttled' }),
          props.keepCredentialFunction.metricErrors({ label: 'sign of life failed' }),
        ]),
      ),
      new Row(
        this.#ages,
        graph('What waits: messages', [
          eventQueue.metricApproximateNumberOfMessagesVisible({ label: 'events' }),
          eventQueue.metricApproximateNumberOfMessagesNotVisible({ label: 'events in flight' }),
          messagesOn(props.deadLetterQueue),
        ]),
      ),
    );
    this.#saveQueries(serviceName, [props.function, props.secondLookFunction]);
  }

  /** Shows the age of the oldest result on this queue, too. */
  addResultQueue(queue: IQueue, source?: string): void {
    const label = source === undefined ? 'result' : `result for ${source}`;
    this.#ages.addLeftMetric(queue.metricApproximateAgeOfOldestMessage({ label }));
  }

  /** In CloudWatch Logs Insights, under the deployment's name. */
  #saveQueries(serviceName: string, functions: readonly LambdaFunction[]): void {
    const logGroups = functions.map(({ logGroup }) => logGroup);
    const fields = ['@timestamp', 'chatSessionId', 'outcome', 'cause', 'error', 'httpStatus'];
    const queries: Record<string, QueryString> = {
      'One chat': new QueryString({
        filterStatements: ['chatSessionId = 648'],
        sort: '@timestamp asc',
        display: [...fields, 'receiveCount', 'requestId', 'eventMessageId'].join(', '),
      }),
      'What goes back': new QueryString({
        filterStatements: ['outcome = "retry"'],
        statsStatements: ['count() as times by error, bin(5m)'],
      }),
      'Results as they come': new QueryString({
        filterStatements: ['message = "event"', 'outcome not in ["retry", "offered"]'],
        sort: '@timestamp desc',
        display: [...fields, 'requestId'].join(', '),
        limit: 100,
      }),
    };
    for (const [name, queryString] of Object.entries(queries)) {
      new QueryDefinition(this, name.replaceAll(' ', ''), {
        queryDefinitionName: `${serviceName}/${name}`,
        queryString,
        logGroups,
      });
    }
  }
}

const outcomeCount = (outcome: Outcome): MetricName => `Outcome.${outcome}`;
const causeCount = (cause: Cause): MetricName => `Cause.${cause}`;

const graph = (title: string, left: IMetric[], stacked = false) =>
  new GraphWidget({ title, left, stacked, width: 12, leftYAxis: { min: 0 } });

const paceUsed = (serviceName: string, maxCallsPerSecond: number) =>
  new MathExpression({
    expression: `100 * calls / (PERIOD(calls) * ${maxCallsPerSecond})`,
    usingMetrics: { calls: countMetric(serviceName, 'Call') },
    label: `of ${maxCallsPerSecond} calls a second`,
  });
