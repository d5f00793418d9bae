import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { sourceId } from './result-queue-sources.ts';

export type RouteChatAlarmsProps = {
  readonly eventTimeToLiveSeconds: number;
  readonly metrics: {
    readonly deadLetters: IMetric;
    readonly resultDeadLetters: IMetric;
    readonly ageOfOldestEvent: IMetric;
    readonly ticketRefused: IMetric;
    readonly ticketUnavailable: IMetric;
    readonly ticketNotKeptAlive: IMetric;
  };
  /** @default - the alarms show in CloudWatch and tell nobody */
  readonly topic?: ITopic;
};

type Watch = {
  readonly metric: IMetric;
  /** What is wrong, and what to do: the text of the e-mail. */
  readonly says: string;
  /** @default 0 */
  readonly above?: number;
  /** @default 1 */
  readonly periods?: number;
};

/** What somebody has to look at. Each alarm says in its description what to do. */
export class RouteChatAlarms extends Construct {
  readonly #action: IAlarmAction | undefined;

  constructor(scope: Construct, id: string, props: RouteChatAlarmsProps) {
    super(scope, id);
    const { metrics, eventTimeToLiveSeconds } = props;
    this.#action = props.topic && new SnsAction(props.topic);

    this.#watch('DeadLetters', {
      metric: metrics.deadLetters,
      says: 'Events got no result: they killed the function again and again, or their results could not be sent for minutes on end, which its log tells. Read them in the dead-letter queue; do not redrive them: they would move chats long after the fact.',
    });
    this.#watch('ResultDeadLetters', {
      metric: metrics.resultDeadLetters,
      says: 'The reader of results failed on some again and again. Mend the reader, then redrive them to the result queue.',
    });
    this.#watch('EventsTooOld', {
      metric: metrics.ageOfOldestEvent,
      above: eventTimeToLiveSeconds,
      // An event is settled at its deadline, give or take a backoff. Two minutes on, it is stuck.
      periods: 2,
      says: `Events are older than the ${eventTimeToLiveSeconds} s they live, and still without a result. See whether the function runs, fails, or cannot send results.`,
    });
    this.#watch('TicketRefused', {
      metric: metrics.ticketRefused,
      says: 'SuperOffice refuses the ticket: no chat is moved. Put a new SoTicket into the ticket secret.',
    });
    this.#watch('TicketUnavailable', {
      metric: metrics.ticketUnavailable,
      // One failed read, throttled say, is mended by the next. While the secret is of no use, every
      // attempt reads it again, even in the shortest life of an event; and the three attempts of a
      // sign of life fall into two periods at most. Two of three minutes would miss such events.
      above: 1,
      says: 'The ticket secret could not be read or used, twice within minutes: unless a ticket read earlier still serves, no chat is moved. The log says why, and how to fill it.',
    });
    this.#watch('TicketNotKeptAlive', {
      metric: metrics.ticketNotKeptAlive,
      // One hour that is missed is mended by the next; a ticket outlives five.
      periods: 2,
      says: 'The credential could not be used for its hourly sign of life, two hours in a row: a ticket dies of idleness six hours after its last use. See the log of the keep-ticket-alive function.',
    });
  }

  /** Watches the dead letters of a source's own result queue, too. */
  watchResultQueue(source: string, deadLetters: IMetric): void {
    this.#watch(`ResultDeadLetters${sourceId(source)}`, {
      metric: deadLetters,
      says: `The reader of results for "${source}" failed on some again and again. Mend that reader, then redrive them to the result queue of "${source}".`,
    });
  }

  /** Watches an intake, too: what did not get through it, and what was not even kept. */
  watchIntake(metrics: {
    readonly deadLetters: IMetric;
    readonly deadLetterErrors: IMetric;
  }): void {
    this.#watch('IntakeDeadLetters', {
      metric: metrics.deadLetters,
      says: 'Events did not reach the event queue, and got no result: for as long as they live, the intake function failed on them or could not be invoked. See its log, tell whoever sent them, and delete them from the dead-letter queue of the intake; do not send them again: they would move chats long after the fact.',
    });
    this.#watch('IntakeDeadLetterErrors', {
      metric: metrics.deadLetterErrors,
      says: 'The intake function failed on events, and Lambda could not leave them on the dead-letter queue of the intake: they are lost. See whether that queue is there, and whether the function may send to it.',
    });
  }

  /** Watches a rule of an intake, too: what reached neither the function nor the dead-letter queue. */
  watchIntakeRule(id: string, failedDeadLetters: IMetric): void {
    this.#watch(`IntakeRule${id}`, {
      metric: failedDeadLetters,
      says: `EventBridge could neither invoke the intake function with events of the rule "${id}" nor leave them on the dead-letter queue of the intake: they are lost. See whether the function and that queue are there, and whether their policies still allow EventBridge to use them.`,
    });
  }

  /** Watches an HTTP intake, too: whom it refuses, and what it does not get through. */
  watchHttpIntake(metrics: {
    readonly refusedPercent: IMetric;
    readonly abovePercent: number;
    readonly serverErrors: IMetric;
  }): void {
    this.#watch('HttpIntakeRefused', {
      metric: metrics.refusedPercent,
      above: metrics.abovePercent,
      says: 'Most requests to the HTTP intake are signed by a secret it does not know, or by none: their events are lost, and SuperOffice switches a webhook off after nine failures. Put the secret of the webhook into the signing secret (output HttpIntakeSecretArn), and look in SuperOffice whether the webhook is active. If it is not SuperOffice who calls, the access log says from where.',
    });
    this.#watch('HttpIntakeFailed', {
      metric: metrics.serverErrors,
      // A single one is mended by the sender, who comes again.
      above: 1,
      says: 'The HTTP intake told senders to come again, twice or more within five minutes: it could not read or use the signing secret, the event queue did not take events, or the function failed. Its log says which. SuperOffice tries an event three times and then drops it.',
    });
  }

  #watch(id: string, { metric, says, above = 0, periods = 1 }: Watch): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: above,
      evaluationPeriods: periods,
      alarmDescription: says,
      // No message, no call: nothing is wrong.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
    if (this.#action) alarm.addAlarmAction(this.#action);
  }
}
