import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmRow } from './alarm.ts';

/** What is watched of an intake: what did not get through it, and what was not even kept. */
export function alarmsOfIntake(metrics: {
  readonly deadLetters: IMetric;
  readonly deadLetterErrors: IMetric;
}): readonly AlarmRow[] {
  return [
    {
      id: 'IntakeDeadLetters',
      metric: metrics.deadLetters,
      means:
        'Events did not reach the event queue while they lived, and got no result: the intake function failed on them or could not be invoked. Tell whoever sent them, and delete them; sent again, they would move chats long after the fact.',
    },
    {
      id: 'IntakeDeadLetterErrors',
      metric: metrics.deadLetterErrors,
      means:
        'The intake function failed on events that Lambda could not even leave on its dead-letter queue: they are lost.',
    },
  ];
}

/** What is watched of a rule of an intake: what reached neither the function nor its dead-letter queue. */
export const alarmsOfIntakeRule = (id: string, failedDeadLetters: IMetric): readonly AlarmRow[] => [
  {
    id: `IntakeRule${id}`,
    section: 'IntakeRule',
    metric: failedDeadLetters,
    means: `EventBridge could neither invoke the intake function with events of the rule "${id}" nor leave them on its dead-letter queue: they are lost.`,
  },
];

/** What is watched of an HTTP intake: whom it refuses, and what it does not get through. */
export function alarmsOfHttpIntake(metrics: {
  readonly refusedPercent: IMetric;
  readonly abovePercent: number;
  readonly serverErrors: IMetric;
}): readonly AlarmRow[] {
  return [
    {
      id: 'HttpIntakeRefused',
      metric: metrics.refusedPercent,
      above: metrics.abovePercent,
      means:
        'Most requests to the HTTP intake are signed by a secret it does not know, or by none: their events are lost, and SuperOffice switches a webhook off after nine failures.',
    },
    {
      id: 'HttpIntakeFailed',
      metric: metrics.serverErrors,
      // A single one is mended by the sender, who comes again.
      above: 1,
      means:
        'The HTTP intake told senders to come again, twice or more within five minutes; SuperOffice tries an event three times and then drops it.',
    },
  ];
}
