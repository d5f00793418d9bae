import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib/core';
import { createStack, type Resource, templateOf } from './synthesize.ts';

const ofAll = {
  alarmEmail: 'on.call@example.com',
  resultQueues: ['my-team'],
  resultAgeAlarm: Duration.minutes(10),
  eventTimeToLive: Duration.seconds(60),
  eventBridgeIntake: true,
  httpIntake: true,
};
const template = templateOf(createStack(ofAll));

const alarmsOf = (of = template) =>
  Object.entries(of.findResources('AWS::CloudWatch::Alarm') as Record<string, Resource>).map(
    ([id, { Properties }]) => ({
      ...Properties,
      id: id.replace(/^RouteChatAlarms(\w+)[0-9A-F]{8}$/, '$1'),
    }),
  ) as Alarm[];

type Metric = { MetricName: string; Namespace: string; Dimensions: { Value: unknown }[] };
type Query = { Expression?: string; MetricStat?: { Metric: Metric; Stat: string; Period: number } };
type Alarm = Metric & {
  id: string;
  Metrics?: Query[];
  Statistic: string;
  Period: number;
  Threshold: number;
  ComparisonOperator: string;
  EvaluationPeriods: number;
  TreatMissingData: string;
  AlarmDescription: string;
  AlarmActions?: unknown[];
  InsufficientDataActions?: unknown[];
};

/** What is measured, in one line: of what, which statistic, over how long. */
function measuredBy({ Metrics, MetricName, Dimensions, Statistic, Period }: Alarm): string {
  if (!Metrics) return `${of(Dimensions)}${MetricName}, ${Statistic}, ${Period} s`;
  const stats = Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  const [{ Stat, Period: period } = { Stat: '', Period: 0 }] = stats;
  const queue = of(stats[0]?.Metric.Dimensions ?? []);
  expect(stats).toEqual(stats.map((stat) => ({ ...stat, Stat, Period: period })));
  return `${queue}${Metrics.find(({ Expression }) => Expression)?.Expression}, ${Stat}, ${period} s`;
}

/** The resource a metric is of; nothing for one of our own counts. */
function of(dimensions: { Value: unknown }[]): string {
  const names = JSON.stringify(dimensions);
  if (names.includes('RuleName')) return 'rule ';
  const [, id] = names.match(/RouteChat(\w+?)[0-9A-F]{8}"/) ?? [];
  if (id) return `${id} `;
  expect(names).toMatch(/"service","Value":"RouteChat-test-RouteChat-/);
  return '';
}

const share = (sum: string) => `IF(results >= 10, 100 * (0 ${sum}) / results, 0), Sum, 900 s`;

describe('the alarms', () => {
  it('are these, line by line', () => {
    expect(
      alarmsOf().map((alarm) => [
        alarm.id,
        measuredBy(alarm),
        alarm.ComparisonOperator.replace('ThanThreshold', ''),
        alarm.Threshold,
        alarm.EvaluationPeriods,
      ]),
    ).toEqual([
      [
        'EventsTooOld',
        'QueuesEventQueue ApproximateAgeOfOldestMessage, Maximum, 60 s',
        'Greater',
        60,
        2,
      ],
      ['FunctionErrors', 'Function Errors, Sum, 900 s', 'Greater', 2, 1],
      ['FunctionThrottled', 'Function Throttles, Sum, 300 s', 'Greater', 0, 2],
      ['DeadLetters', 'DeadLetter, Sum, 300 s', 'Greater', 0, 1],
      [
        'DeadLettersUnanswered',
        'QueuesEventDeadLetterQueue waiting + taken, Maximum, 300 s',
        'Greater',
        0,
        3,
      ],
      ['ResultsNotSent', 'ResultNotSent, Sum, 300 s', 'Greater', 20, 1],
      ['ResultsFailed', share('+ FILL(outcomefailed, 0)'), 'Greater', 50, 1],
      [
        'ResultsTooLate',
        share('+ FILL(outcomeexpired, 0) + FILL(outcomeunknown, 0) - FILL(tenantNotRunning, 0)'),
        'Greater',
        50,
        1,
      ],
      ['OwnedByAnother', share('+ FILL(causeownedbyanother, 0)'), 'Greater', 50, 1],
      ['TicketRefused', 'TicketRefused, Sum, 300 s', 'Greater', 0, 1],
      ['TicketUnavailable', 'TicketUnavailable, Sum, 300 s', 'Greater', 1, 1],
      [
        'TicketNotKeptAlive',
        'KeepCredentialFunction AsyncEventsDropped, Sum, 3600 s',
        'Greater',
        0,
        2,
      ],
      ['TicketNotWatched', 'KeepCredentialFunction Invocations, Sum, 3600 s', 'Less', 1, 3],
      [
        'ResultDeadLetters',
        'QueuesResultDeadLetterQueue ApproximateNumberOfMessagesVisible, Maximum, 300 s',
        'Greater',
        0,
        1,
      ],
      [
        'ResultsUnread',
        'QueuesResultQueue ApproximateAgeOfOldestMessage, Maximum, 300 s',
        'Greater',
        600,
        1,
      ],
      [
        'ResultDeadLettersMyTeam',
        'QueuesSourcemyteamResultDeadLetterQueue ApproximateNumberOfMessagesVisible, Maximum, 300 s',
        'Greater',
        0,
        1,
      ],
      [
        'ResultsUnreadMyTeam',
        'QueuesSourcemyteamResultQueue ApproximateAgeOfOldestMessage, Maximum, 300 s',
        'Greater',
        600,
        1,
      ],
      [
        'IntakeDeadLetters',
        'IntakeDeadLetterQueue ApproximateNumberOfMessagesVisible, Maximum, 300 s',
        'Greater',
        0,
        1,
      ],
      ['IntakeDeadLetterErrors', 'IntakeFunction DeadLetterErrors, Sum, 300 s', 'Greater', 0, 1],
      [
        'IntakeRuleRouteChatRequested',
        'rule InvocationsFailedToBeSentToDlq, Sum, 300 s',
        'Greater',
        0,
        1,
      ],
      [
        'HttpIntakeRefused',
        'IF(requests >= 3, 100 * refused / requests, 0), Sum, 900 s',
        'Greater',
        50,
        1,
      ],
      ['HttpIntakeFailed', 'HttpIntakeApi 5xx, Sum, 300 s', 'Greater', 1, 1],
    ]);
  });

  it('take nothing for something: silence only of what must go on, after its first beat', () => {
    const [silent = [], others = []] = [true, false].map((isSilent) =>
      alarmsOf().filter(({ id }) => (id === 'TicketNotWatched') === isSilent),
    );

    expect(silent).toHaveLength(1);
    for (const { TreatMissingData, InsufficientDataActions, ...alarm } of silent) {
      expect(TreatMissingData).toBe('missing');
      expect(InsufficientDataActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
      expect(alarm).not.toHaveProperty('AlarmActions');
    }
    for (const { TreatMissingData, AlarmActions } of others) {
      expect(TreatMissingData).toBe('notBreaching');
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
    }
  });

  it('say stack, meaning, first command and where to read on', () => {
    const headings = readFileSync('docs/runbook.md', 'utf8').match(/(?<=^## ).*$/gm);

    for (const { id, AlarmDescription } of alarmsOf()) {
      expect(AlarmDescription).toMatch(
        /^RouteChat-test: [A-Z].{60,}\. First: superoffice-route-chat (doctor|dead-letters) --stack RouteChat-test\. Then: docs\/runbook\.md#[a-z]+$/,
      );
      expect(AlarmDescription.length).toBeLessThan(1024);
      expect(AlarmDescription.toLowerCase()).toContain(`#${section(id).toLowerCase()}`);
      expect(headings).toContain(section(id));
    }
  });

  it('let results wait to be read, unless told otherwise', () => {
    const quiet = alarmsOf(templateOf(createStack({ resultQueues: ['my-team'] })));

    expect(quiet.map(({ id }) => id)).not.toContainEqual(expect.stringMatching('Unread'));
  });

  it('tell with a system user what was not mended: no ticket made, or two periods of refusals', () => {
    const systemUserSecret = {
      arn: 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:su-a1B2c3',
    };
    const tenant = { customerId: 'Cust1' };
    const alarms = alarmsOf(templateOf(createStack({ tenant, systemUserSecret })));
    const row = (id: string) => {
      const [found] = alarms.filter((alarm) => alarm.id === id) as [Alarm];
      return [measuredBy(found), found.Threshold, found.EvaluationPeriods];
    };

    expect(row('TicketNotMinted')).toEqual(['TicketNotMinted, Sum, 300 s', 0, 1]);
    expect(row('TicketRefused')).toEqual(['TicketRefused, Sum, 300 s', 0, 2]);
    expect(readFileSync('docs/runbook.md', 'utf8')).toContain('\n## TicketNotMinted\n');
  });

  it('are raised to nobody without an address', () => {
    const quiet = templateOf(createStack());

    quiet.resourceCountIs('AWS::SNS::Topic', 0);
    expect(alarmsOf(quiet)).toHaveLength(14);
    for (const alarm of alarmsOf(quiet)) {
      expect(alarm).not.toHaveProperty('AlarmActions');
      expect(alarm).not.toHaveProperty('InsufficientDataActions');
    }
  });

  it('take an action of somebody else, those of what is added later among them', () => {
    const stack = createStack();
    const { routeChat } = stack;
    routeChat.addResultQueue('my-team');
    const action = { bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-north-1:123456789012:ok' }) };
    for (const alarm of routeChat.alarms) alarm.addOkAction(action);

    const of = templateOf(stack);

    expect(alarmsOf(of).map(({ id }) => id)).toContain('ResultDeadLettersMyTeam');
    of.allResourcesProperties('AWS::CloudWatch::Alarm', {
      OKActions: ['arn:aws:sns:eu-north-1:123456789012:ok'],
    });
  });

  it('are mailed by a topic they may publish to, from this account and over TLS', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on.call@example.com',
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sns:Publish',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });
});

/** One section for an alarm of every queue. */
const section = (id: string) => id.replace(/^(ResultDeadLetters|ResultsUnread|IntakeRule).*/, '$1');
