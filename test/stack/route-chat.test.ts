import { describe, expect, it } from '@jest/globals';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { RouteChat } from '../../lib/route-chat.ts';
import type { MetricName } from '../../runtime/metric-name.ts';
import { createApp, createRouteChat, resourceOf, templateOf, tenant } from './synthesize.ts';

describe('RouteChat', () => {
  it.each([
    ['eventTimeToLive in seconds', { eventTimeToLive: Duration.seconds(9) }],
    ['eventTimeToLive in seconds', { eventTimeToLive: Duration.minutes(31) }],
    ['maxCallsPerSecond', { maxCallsPerSecond: 0 }],
    ['maxCallsPerSecond', { maxCallsPerSecond: 10_001 }],
    ['maxCallsPerSecond', { maxCallsPerSecond: 1.5 }],
    ['resultAgeAlarm in seconds', { resultAgeAlarm: Duration.seconds(59) }],
    ['resultAgeAlarm in seconds', { resultAgeAlarm: Duration.days(15) }],
    ['webApiUrl', { tenant: { webApiUrl: 'http://example.com/api' } }],
    ['customerId', { tenant: { customerId: '12345' } }],
    ['environment', { tenant: { customerId: 'Cust1', environment: 'toString' as 'sod' } }],
  ])('refuses a wrong %s at once', (name, props) => {
    expect(() => createRouteChat(props)).toThrow(`RouteChat: ${name}: expected `);
  });

  it('strips what is not part of the address', () => {
    const routeChat = createRouteChat({
      tenant: { webApiUrl: 'https://EXAMPLE.com:443/Cust1/api/' },
    });

    const { Environment } = resourceOf(
      templateOf(routeChat),
      'AWS::Lambda::Function',
      'RouteChatFunction',
    ).Properties as { Environment: { Variables: object } };

    expect(Environment.Variables).toMatchObject({ WEB_API_URL: 'https://example.com/Cust1/api' });
  });

  it('tolerates an address that is known at deployment only', () => {
    const stack = new Stack(createApp(), 'Somebody');
    const address = new CfnParameter(stack, 'Address');
    const routeChat = new RouteChat(stack, 'RouteChat', {
      tenant: { webApiUrl: address.valueAsString },
    });

    const { Environment } = resourceOf(
      templateOf(routeChat),
      'AWS::Lambda::Function',
      'RouteChatFunction',
    ).Properties as { Environment: { Variables: object } };

    expect(Environment.Variables).toMatchObject({ WEB_API_URL: { Ref: 'Address' } });
  });

  it('needs its numbers before deployment', () => {
    const late = Token.asNumber({ Ref: 'CallsPerSecond' });

    expect(() => createRouteChat({ maxCallsPerSecond: late })).toThrow(
      'maxCallsPerSecond: expected a whole number from 1 to 10000; found a value known only at deployment.',
    );
    expect(() => createRouteChat({ eventTimeToLive: Duration.seconds(late) })).toThrow(
      'found a value known only at deployment.',
    );
  });

  it('uses the secret it is given and makes none', () => {
    const stack = new Stack(createApp(), 'Somebody');
    const ticketSecret = Secret.fromSecretCompleteArn(
      stack,
      'Ticket',
      'arn:aws:secretsmanager:eu-north-1:123456789012:secret:ticket-a1B2c3',
    );
    const routeChat = new RouteChat(stack, 'RouteChat', { tenant, ticketSecret });

    expect(routeChat.ticketSecret).toBe(ticketSecret);
    templateOf(routeChat).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it('makes a secret that says it waits to be filled', () => {
    const secret = resourceOf(
      templateOf(createRouteChat()),
      'AWS::SecretsManager::Secret',
      'RouteChatTicketSecret',
    );

    expect(JSON.parse(String(secret.Properties.SecretString))).toEqual({ ticket: 'REPLACE-ME' });
    expect(secret).toMatchObject({ DeletionPolicy: 'Delete' });
  });

  it('keeps logs for as long as it is told', () => {
    const template = templateOf(createRouteChat({ logRetention: RetentionDays.ONE_YEAR }));

    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  it('lets others send events and read results, and no more', () => {
    const routeChat = createRouteChat();
    const principal = new ServicePrincipal('lambda.amazonaws.com');
    const producer = new Role(routeChat, 'Producer', { assumedBy: principal });
    const reader = new Role(routeChat, 'Reader', { assumedBy: principal });

    routeChat.grantSendEvents(producer).assertSuccess();
    routeChat.grantConsumeResults(reader).assertSuccess();

    const template = templateOf(routeChat);
    const rights = (id: string) =>
      JSON.stringify(resourceOf(template, 'AWS::IAM::Policy', `RouteChat${id}DefaultPolicy`));
    expect(rights('Producer')).toContain('"sqs:SendMessage"');
    expect(rights('Producer')).toMatch(/RouteChatQueuesEventQueue/);
    expect(rights('Producer')).not.toMatch(/ReceiveMessage|ResultQueue|DeadLetter/);
    expect(rights('Reader')).toContain('"sqs:ReceiveMessage"');
    expect(rights('Reader')).toMatch(/RouteChatQueuesResultQueue/);
    expect(rights('Reader')).not.toMatch(/SendMessage|EventQueue|DeadLetter/);
  });

  it('fits into a stack twice', () => {
    const stack = new Stack(createApp(), 'Somebody');
    const [one, other] = ['One', 'Other'].map((id) => new RouteChat(stack, id, { tenant }));

    expect(one?.serviceName).not.toBe(other?.serviceName);
    const names = Object.values(templateOf(stack).findResources('AWS::SQS::Queue')).map(
      ({ Properties }) => Properties.QueueName,
    );
    expect(new Set(names.filter(Boolean)).size).toBe(4);
  });

  describe('metrics', () => {
    const routeChat = createRouteChat();

    it.each<[MetricName, Metric]>([
      ['Outcome.assigned', routeChat.metricOutcome('assigned')],
      ['Cause.in-queue', routeChat.metricCause('in-queue')],
      ['Retry', routeChat.metricRetry()],
      ['TicketRefused', routeChat.metricTicketRefused()],
      ['TicketUnavailable', routeChat.metricTicketUnavailable()],
    ])('count %s of this deployment', (metricName, metric) => {
      expect(metric).toMatchObject({
        namespace: 'RouteChat',
        metricName,
        dimensions: { service: routeChat.serviceName },
        statistic: 'Sum',
      });
    });

    it('take the options of any metric', () => {
      const metric = routeChat.metricOutcome('failed', {
        period: Duration.hours(1),
        label: 'Failed',
      });

      expect(metric).toBeInstanceOf(Metric);
      expect(metric.label).toBe('Failed');
      expect(metric.period.toSeconds()).toBe(3600);
    });
  });
});
