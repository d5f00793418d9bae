import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { AlarmRow } from './alarm.ts';
import { sourceId } from './result-queue-sources.ts';
import { countMetric, messagesOn, resultShare } from './route-chat-metrics.ts';
import type { QueuePair } from './route-chat-queues.ts';

/** What the alarms of every deployment look at. */
export type Watched = {
  readonly serviceName: string;
  readonly eventTimeToLiveSeconds: number;
  readonly eventQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly function: IFunction;
  readonly keepCredentialFunction: IFunction;
  /** A refused ticket is replaced by itself. */
  readonly hasSystemUser: boolean;
};

/** Percent of the results from which on something is wrong with all of them, not with some chats. */
const most = 50;

export function alarmsOfEveryDeployment(watched: Watched): readonly AlarmRow[] {
  const { serviceName, eventTimeToLiveSeconds } = watched;
  return [
    {
      id: 'EventsTooOld',
      metric: watched.eventQueue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
      }),
      above: eventTimeToLiveSeconds,
      // An event is settled at its deadline, give or take a backoff. Two minutes on, it is stuck.
      periods: 2,
      means: `Events older than the ${eventTimeToLiveSeconds} s they live have not been looked at: the function is not run, or not often enough.`,
    },
    {
      id: 'FunctionErrors',
      metric: watched.function.metricErrors({ period: Duration.minutes(15) }),
      // One that dies alone is AWS's, and mended by the next receive.
      above: 2,
      means:
        'The route-chat function fails or runs out of time again and again, and with it all events it had in hand: they wait 90 s each time.',
    },
    {
      id: 'FunctionThrottled',
      metric: watched.function.metricThrottles({ period: Duration.minutes(5) }),
      periods: 2,
      means:
        'Lambda does not run the route-chat function as often as it should: the account has no concurrency left. Events wait, and end expired.',
    },
    {
      id: 'DeadLetters',
      metric: countMetric(serviceName, 'DeadLetter'),
      means:
        'Events killed the route-chat function again and again, or their results could not be sent for minutes on end. A second look has told their results; what brought them there is still to be found.',
      first: 'dead-letters',
    },
    {
      id: 'DeadLettersUnanswered',
      metric: messagesOn(watched.deadLetterQueue),
      periods: 3,
      means:
        'Dead letters got no result within a quarter of an hour: the second look fails on them, too, or cannot send results. Never redrive them: chats would move long after the fact.',
      first: 'dead-letters',
    },
    {
      id: 'ResultsNotSent',
      metric: countMetric(serviceName, 'ResultNotSent'),
      // A hiccup costs each event in hand a few; an outage costs even a lone event one in 10 to 13 s.
      above: 20,
      means:
        'Results cannot be sent: chats are moved, but nobody is told, and events stay on the queue.',
    },
    {
      id: 'ResultsFailed',
      metric: resultShare(serviceName, ['Outcome.failed']),
      above: most,
      means:
        'SuperOffice refuses most transfers for good: the credential lacks a right (403), or the chats that events name are not this tenant’s (404).',
    },
    {
      id: 'ResultsTooLate',
      metric: resultShare(
        serviceName,
        ['Outcome.expired', 'Outcome.unknown'],
        // A tenant in maintenance is nobody's mistake, and ends by itself.
        ['TenantNotRunning'],
      ),
      above: most,
      means:
        'Most events end expired or unknown: the credential, the address or SuperOffice does not work, or more is sent than the pace allows.',
    },
    {
      id: 'OwnedByAnother',
      metric: resultShare(serviceName, ['Cause.owned-by-another']),
      above: most,
      means:
        'Most chats are somebody else’s than the credential’s: SuperOffice moves none of them. The wrong credential is deployed, or events name chats that nobody has handed to its associate.',
    },
    {
      id: 'TicketRefused',
      metric: countMetric(serviceName, 'TicketRefused'),
      // With a system user one that is refused is replaced within the minute.
      periods: watched.hasSystemUser ? 2 : 1,
      means:
        'SuperOffice refuses the credential: no chat is moved until a new one is in the secret.',
    },
    ...(watched.hasSystemUser ? [ticketNotMinted(serviceName)] : []),
    {
      id: 'TicketUnavailable',
      metric: countMetric(serviceName, 'TicketUnavailable'),
      // One failed read, throttled say, is mended by the next. While the secret is of no use, every
      // attempt reads it again, even in the shortest life of an event; and the three attempts of a
      // sign of life fall into two periods at most. Two of three minutes would miss such events.
      above: 1,
      means:
        'The secret cannot be read or used: unless a credential read earlier still serves, no chat is moved.',
    },
    {
      id: 'TicketNotKeptAlive',
      metric: ticketNotKeptAlive(watched.keepCredentialFunction),
      // One hour that is missed is mended by the next; a ticket outlives five.
      periods: 2,
      means:
        'The credential could not be used for its hourly sign of life, two hours in a row: a ticket dies six hours after its last use.',
    },
    {
      id: 'TicketNotWatched',
      metric: watched.keepCredentialFunction.metricInvocations({ period: Duration.hours(1) }),
      periods: 3,
      onSilence: true,
      means:
        'The hourly sign of life has not been given for hours, since its function was not run: a ticket dies six hours after its last use.',
    },
  ];
}

const ticketNotMinted = (serviceName: string): AlarmRow => ({
  id: 'TicketNotMinted',
  metric: countMetric(serviceName, 'TicketNotMinted'),
  means:
    'The ticket of the system user was refused, and none could be made in its place, or one that was made a moment ago is refused, too: no chat is moved.',
});

/** Signs of life the credential was not given, although Lambda tried three times; one an hour. */
export const ticketNotKeptAlive = (keepCredentialFunction: IFunction) =>
  keepCredentialFunction.metric('AsyncEventsDropped', {
    statistic: Stats.SUM,
    period: Duration.hours(1),
  });

/**
 * What is watched of a result queue.
 * @param source whose; without one, of all that have none of their own
 * @param oldestSeconds how old a result may get; without it, as old as it likes: nobody may read yet
 */
export function alarmsOfResultQueue(
  { queue, deadLetterQueue }: QueuePair,
  source?: string,
  oldestSeconds?: number,
): readonly AlarmRow[] {
  const id = source === undefined ? '' : sourceId(source);
  const which = source === undefined ? 'results' : `results for "${source}"`;
  const back = source === undefined ? 'the result queue' : `the result queue of "${source}"`;
  const tooOld: AlarmRow[] = oldestSeconds
    ? [
        {
          id: `ResultsUnread${id}`,
          section: 'ResultsUnread',
          metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
          above: oldestSeconds,
          means: `Nobody has taken the oldest of the ${which} for ${oldestSeconds} s: their reader does not run, or is too slow.`,
        },
      ]
    : [];
  return [
    {
      id: `ResultDeadLetters${id}`,
      section: 'ResultDeadLetters',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
      means: `The reader of ${which} failed on some of them ten times. Mend it, then redrive them to ${back}: a result is only read.`,
    },
    ...tooOld,
  ];
}
