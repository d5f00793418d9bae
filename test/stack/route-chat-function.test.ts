import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib/core';
import { functionTimeoutSeconds } from '../../functions/route-chat/function-timeout.ts';
import { createRouteChat, resourceOf, templateOf } from './synthesize.ts';

const functionOf = (template: ReturnType<typeof templateOf>, id = 'RouteChatFunction') =>
  resourceOf(template, 'AWS::Lambda::Function', id).Properties;
const variablesOf = (properties: Record<string, unknown>) =>
  (properties.Environment as { Variables: Record<string, unknown> }).Variables;

const template = templateOf(createRouteChat());

describe('RouteChatFunction', () => {
  it('runs on the newest Node on Arm, within bounds', () => {
    expect(functionOf(template)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 256,
      Timeout: 15,
      Handler: 'index.handler',
    });
  });

  it('is given the time the function itself counts on', () => {
    expect(functionOf(template).Timeout).toBe(functionTimeoutSeconds);
  });

  it('lets an event follow from a result as often as it may', () => {
    expect(functionOf(template).RecursiveLoop).toBe('Allow');
    expect(functionOf(template, 'RouteChatKeepCredentialFunction')).not.toHaveProperty(
      'RecursiveLoop',
    );
  });

  it('writes JSON lines to a log of its own, kept for a month', () => {
    const { LogGroup, LogFormat } = functionOf(template).LoggingConfig as Record<string, unknown>;

    expect(LogFormat).toBe('JSON');
    expect(LogGroup).toEqual({ Ref: expect.stringMatching(/^RouteChatLog/) });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'RouteChatLog').Properties).toEqual({
      RetentionInDays: 30,
    });
  });

  it('gets every variable it reads, and no other', () => {
    expect(variablesOf(functionOf(template))).toEqual({
      WEB_API_URL: 'https://example.superoffice.com/Cust1/api',
      TICKET_SECRET_ARN: { Ref: expect.stringMatching(/^RouteChatTicketSecret/) },
      EVENT_QUEUE_URL: { Ref: expect.stringMatching(/^RouteChatQueuesEventQueue/) },
      RESULT_QUEUE_URL: { Ref: expect.stringMatching(/^RouteChatQueuesResultQueue/) },
      EVENT_TIME_TO_LIVE_SECONDS: '300',
      CALL_SPACING_MS: '333.334',
      ROLE_ID: { 'Fn::GetAtt': [expect.stringMatching(/^RouteChatRole/), 'RoleId'] },
      POWERTOOLS_SERVICE_NAME: expect.stringMatching(/^Somebody-RouteChat-[0-9A-F]{8}$/),
      POWERTOOLS_METRICS_NAMESPACE: 'RouteChat',
    });
  });

  it.each([
    [1, '2000'],
    [3, '666.667'],
    [10, '200'],
    [10_000, '0.2'],
  ])('spaces %i calls a second over two sandboxes by %s ms in each', (maxCallsPerSecond, ms) => {
    const properties = functionOf(templateOf(createRouteChat({ maxCallsPerSecond })));

    expect(variablesOf(properties).CALL_SPACING_MS).toBe(ms);
  });

  it('is told how long events live', () => {
    const properties = functionOf(
      templateOf(createRouteChat({ eventTimeToLive: Duration.minutes(30) })),
    );

    expect(variablesOf(properties).EVENT_TIME_TO_LIVE_SECONDS).toBe('1800');
  });

  it.each([
    ['sod', 'https://sod.superoffice.com/api/state/Cust26759'],
    ['stage', 'https://qaonline.superoffice.com/api/state/Cust26759'],
    ['online', 'https://online.superoffice.com/api/state/Cust26759'],
    [undefined, 'https://online.superoffice.com/api/state/Cust26759'],
  ] as const)('asks for a tenant in %s at its state service', (environment, address) => {
    const tenant = { customerId: 'Cust26759', ...(environment && { environment }) };
    const synthesized = templateOf(createRouteChat({ tenant }));

    for (const id of ['RouteChatFunction', 'RouteChatKeepCredentialFunction']) {
      const variables = variablesOf(functionOf(synthesized, id));
      expect(variables.TENANT_STATE_URL).toBe(address);
      expect(variables.LOGIN_SERVICE_URL).toBe(new URL(address).origin);
      expect(variables).not.toHaveProperty('WEB_API_URL');
    }
  });

  it('is fed by the event queue alone, two batches of ten at a time, answered one by one', () => {
    expect(
      resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'RouteChatEventSourceMapping')
        .Properties,
    ).toEqual({
      BatchSize: 10,
      EventSourceArn: {
        'Fn::GetAtt': [expect.stringMatching(/^RouteChatQueuesEventQueue/), 'Arn'],
      },
      FunctionName: { Ref: expect.stringMatching(/^RouteChatFunction/) },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('has a second look at dead letters, one by one, so that one that kills takes none along', () => {
    const { EventSourceArn, ...mapping } = resourceOf(
      template,
      'AWS::Lambda::EventSourceMapping',
      'RouteChatSecondLookEventSourceMapping',
    ).Properties;

    expect(mapping).toEqual({
      BatchSize: 1,
      FunctionName: { Ref: expect.stringMatching(/^RouteChatSecondLookFunction/) },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    expect(JSON.stringify(EventSourceArn)).toContain('RouteChatQueuesEventDeadLetterQueue');
    expect(
      resourceOf(template, 'AWS::SQS::Queue', 'RouteChatQueuesEventDeadLetterQueue').Properties,
    ).toMatchObject({ VisibilityTimeout: 6 * functionTimeoutSeconds });
  });

  it.each([
    [1, '12000'],
    [3, '4000'],
    [6, '2000'],
    [10_000, '2000'],
  ])(
    'at a pace of %i leaves the second look one call in %s ms in each of two sandboxes',
    (maxCallsPerSecond, ms) => {
      const properties = functionOf(
        templateOf(createRouteChat({ maxCallsPerSecond })),
        'RouteChatSecondLookFunction',
      );

      expect(variablesOf(properties).CALL_SPACING_MS).toBe(ms);
    },
  );

  it('has no mapping in provisioned mode, which is billed by the hour', () => {
    const mappings = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));

    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) {
      expect(Properties).not.toHaveProperty('ProvisionedPollerConfig');
    }
  });
});
