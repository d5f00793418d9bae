import { describe, expect, it } from '@jest/globals';
import { createRouteChat, createStack, resourceOf, templateOf } from './synthesize.ts';

const template = templateOf(createRouteChat());
const systemUserArn = 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:su-a1B2c3';
const withSystemUser = templateOf(
  createStack({ tenant: { customerId: 'Cust1' }, systemUserSecret: { arn: systemUserArn } }),
);
const keepCredential = resourceOf(
  template,
  'AWS::Lambda::Function',
  'RouteChatKeepCredentialFunction',
).Properties;

describe('KeepCredential', () => {
  it('uses the credential every hour, and at once when it is deployed', () => {
    const [[, schedule] = []] = Object.entries(template.findResources('AWS::Scheduler::Schedule'));

    // A rate without a start date starts at once; so it waits for the rights to do so.
    expect(schedule).toMatchObject({
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': [expect.stringMatching(/^RouteChatKeepCredentialFunction/), 'Arn'] },
          RoleArn: {
            'Fn::GetAtt': [expect.stringMatching(/^RouteChatKeepCredentialSchedulerRole/), 'Arn'],
          },
        },
      },
      DependsOn: [
        expect.stringMatching(/^RouteChatKeepCredentialFunction/),
        expect.stringMatching(/^RouteChatKeepCredentialSchedulerRoleDefaultPolicy/),
        expect.stringMatching(/^RouteChatKeepCredentialSchedulerRole/),
      ],
    });
    expect(schedule?.Properties).not.toHaveProperty('StartDate');
    expect(schedule?.Properties).not.toHaveProperty('State');
  });

  it('can be started by that schedule alone', () => {
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    const mappings = Object.keys(template.findResources('AWS::Lambda::EventSourceMapping'));
    expect(mappings.filter((id) => id.includes('KeepCredential'))).toEqual([]);
  });

  it('is asked by no queue, and reads no key, where there is no system user', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(
      /RenewalQueue|RENEWAL_QUEUE_URL|SYSTEM_USER|PutSecretValue/,
    );
  });

  it('runs as the other function does, with time for a second try', () => {
    expect(keepCredential).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 256,
      Timeout: 30,
      LoggingConfig: {
        LogFormat: 'JSON',
        LogGroup: { Ref: expect.stringMatching(/^RouteChatKeepCredentialLog/) },
      },
    });
  });

  it('knows the ticket and the tenant, and no queue', () => {
    expect(keepCredential.Environment).toEqual({
      Variables: {
        WEB_API_URL: 'https://example.superoffice.com/Cust1/api',
        TICKET_SECRET_ARN: { Ref: expect.stringMatching(/^RouteChatTicketSecret/) },
        POWERTOOLS_SERVICE_NAME: expect.stringMatching(/^Somebody-RouteChat-/),
        POWERTOOLS_METRICS_NAMESPACE: 'RouteChat',
      },
    });
  });

  it('knows the key material, and is asked by a queue, where there is a system user', () => {
    const { Environment } = resourceOf(
      withSystemUser,
      'AWS::Lambda::Function',
      'RouteChatKeepCredentialFunction',
    ).Properties;

    expect(Environment).toMatchObject({
      Variables: {
        SYSTEM_USER_SECRET_ARN: systemUserArn,
        LOGIN_SERVICE_URL: 'https://online.superoffice.com',
      },
    });
    expect(Environment).not.toHaveProperty('Variables.RENEWAL_QUEUE_URL');
    const queue = { 'Fn::GetAtt': [expect.stringMatching(/RenewalQueue/), 'Arn'] };
    expect(
      resourceOf(
        withSystemUser,
        'AWS::Lambda::EventSourceMapping',
        'RouteChatKeepCredentialEventSourceMapping',
      ).Properties,
    ).toEqual({
      BatchSize: 1,
      EventSourceArn: queue,
      FunctionName: { Ref: expect.stringMatching(/^RouteChatKeepCredentialFunction/) },
    });
  });

  it('is asked again within the minute while it fails, and no longer than to the next hour', () => {
    expect(
      resourceOf(withSystemUser, 'AWS::SQS::Queue', 'RouteChatKeepCredentialRenewalQueue')
        .Properties,
    ).toMatchObject({ FifoQueue: true, VisibilityTimeout: 45, MessageRetentionPeriod: 3600 });
  });

  it('is asked by the function, which knows no key material', () => {
    const { Environment } = resourceOf(
      withSystemUser,
      'AWS::Lambda::Function',
      'RouteChatFunction',
    ).Properties;

    expect(Environment).toMatchObject({
      Variables: { RENEWAL_QUEUE_URL: { Ref: expect.stringMatching(/RenewalQueue/) } },
    });
    expect(Environment).not.toHaveProperty('Variables.SYSTEM_USER_SECRET_ARN');
  });
});

describe('RouteChat: systemUserSecret', () => {
  it('needs the login service of SuperOffice Online', () => {
    expect(() => createStack({ systemUserSecret: { arn: systemUserArn } })).toThrow(
      'RouteChat: systemUserSecret: expected together with customerId only; found with webApiUrl.',
    );
  });
});
