import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { createRouteChat, resourceOf, templateOf } from './synthesize.ts';

const template = templateOf(createRouteChat());
const keepCredential = resourceOf(
  template,
  'AWS::Lambda::Function',
  'RouteChatKeepCredentialFunction',
).Properties;

describe('KeepCredential', () => {
  it('uses the credential every hour', () => {
    expect(
      resourceOf(template, 'AWS::Events::Rule', 'RouteChatKeepCredentialSchedule').Properties,
    ).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Targets: [
        {
          Arn: {
            'Fn::GetAtt': [expect.stringMatching(/^RouteChatKeepCredentialFunction/), 'Arn'],
          },
        },
      ],
    });
  });

  it('can be started by that schedule alone', () => {
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: {
        'Fn::GetAtt': [Match.stringLikeRegexp('^RouteChatKeepCredentialSchedule'), 'Arn'],
      },
    });
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
});
