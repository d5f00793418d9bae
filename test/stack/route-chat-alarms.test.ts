import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib/core';
import { createStack, type Resource, resourceOf, templateOf } from './synthesize.ts';

const template = templateOf(createStack({ alarmEmail: 'on.call@example.com' }));
const alarm = (id: string, of = template) =>
  resourceOf(of, 'AWS::CloudWatch::Alarm', `RouteChatAlarms${id}`).Properties;
const alarmsOf = (of = template) =>
  Object.values(of.findResources('AWS::CloudWatch::Alarm')) as Resource[];

const service = { Name: 'service', Value: expect.stringMatching(/^RouteChat-test-RouteChat-/) };

describe('RouteChatAlarms', () => {
  it.each([
    [
      'DeadLetters',
      {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
        Dimensions: [
          {
            Name: 'QueueName',
            Value: {
              'Fn::GetAtt': [expect.stringMatching(/QueuesEventDeadLetterQueue/), 'QueueName'],
            },
          },
        ],
      },
    ],
    [
      'ResultDeadLetters',
      {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [
          {
            Name: 'QueueName',
            Value: {
              'Fn::GetAtt': [expect.stringMatching(/QueuesResultDeadLetterQueue/), 'QueueName'],
            },
          },
        ],
      },
    ],
    [
      'TicketRefused',
      { Namespace: 'RouteChat', MetricName: 'TicketRefused', Dimensions: [service] },
    ],
  ])('raises %s at the first of them', (id, metric) => {
    expect(alarm(id)).toMatchObject({
      ...metric,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
    });
  });

  it('raises EventsTooOld once events outlive their time for two minutes', () => {
    const props = { eventTimeToLive: Duration.seconds(60) };

    expect(alarm('EventsTooOld', templateOf(createStack(props)))).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Threshold: 60,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 60,
      EvaluationPeriods: 2,
    });
  });

  it('raises TicketUnavailable at the second failed read within five minutes', () => {
    expect(alarm('TicketUnavailable')).toMatchObject({
      Namespace: 'RouteChat',
      MetricName: 'TicketUnavailable',
      Dimensions: [service],
      Statistic: 'Sum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 300,
      EvaluationPeriods: 1,
    });
  });

  it('raises TicketNotKeptAlive when two hours in a row had no sign of life', () => {
    expect(alarm('TicketNotKeptAlive')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'AsyncEventsDropped',
      Statistic: 'Sum',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: expect.stringMatching(/KeepTicketAliveFunction/) } },
      ],
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 3600,
      EvaluationPeriods: 2,
    });
  });

  it('names both ways in which an event becomes a dead letter', () => {
    expect(alarm('DeadLetters').AlarmDescription).toMatch(
      /killed the function.* results could not be sent for minutes/,
    );
  });

  it('says what is wrong and what to do, and mails it', () => {
    expect(alarmsOf()).toHaveLength(6);
    for (const { Properties } of alarmsOf()) {
      expect(String(Properties.AlarmDescription).length).toBeGreaterThan(80);
      expect(Properties.TreatMissingData).toBe('notBreaching');
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
    }
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on.call@example.com',
    });
  });

  it('may publish to the topic, from this account and over TLS', () => {
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

  it('is raised to nobody without an address', () => {
    const quiet = templateOf(createStack());

    quiet.resourceCountIs('AWS::SNS::Topic', 0);
    expect(alarmsOf(quiet)).toHaveLength(6);
    for (const { Properties } of alarmsOf(quiet)) {
      expect(Properties).not.toHaveProperty('AlarmActions');
    }
  });
});
