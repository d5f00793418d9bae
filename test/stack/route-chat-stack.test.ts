import { describe, expect, it } from '@jest/globals';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseSettings } from '../../bin/settings.ts';
import { createApp, createStack, templateOf } from './synthesize.ts';

const ticketSecretArn = 'arn:aws:secretsmanager:eu-north-1:123456789012:secret:ticket-a1B2c3';
const ticketSecretKeyArn =
  'arn:aws:kms:eu-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const contexts = [
  { webApiUrl: 'https://example.superoffice.com/Cust1/api' },
  { webApiUrl: 'http://localhost:8080/api', stage: 'local', maxCallsPerSecond: 10_000 },
  { customerId: 'Cust1', environment: 'sod', stage: 'test' },
  { customerId: 'Cust1', environment: 'stage', ticketSecretArn },
  { customerId: 'Cust1', ticketSecretArn, ticketSecretKeyArn, alarmEmail: 'a@example.com' },
  {
    customerId: 'Cust1',
    systemUserSecretArn: ticketSecretArn.replace('ticket', 'system-user'),
    systemUserSecretKeyArn: ticketSecretKeyArn,
  },
  {
    customerId: 'Cust1',
    stage: 'x'.repeat(32),
    eventTimeToLiveSeconds: '10',
    alarmEmail: 'a@b.cd',
  },
];

const stackFor = (context: Record<string, unknown>) => {
  const { stage: _, ...props } = parseSettings(context);
  return createStack(props);
};

const findingsIn = (stack: Stack) =>
  new AwsSolutionsChecks(stack).validateScope(stack).violations.map(({ ruleName }) => ruleName);

describe('RouteChatStack', () => {
  it.each(contexts)('can be synthesized with %j', (context) => {
    const template = templateOf(stackFor(context));

    expect(new Set(Object.keys(template.toJSON().Outputs))).toEqual(
      new Set([
        'EventQueueUrl',
        'ResultQueueUrl',
        'DeadLetterQueueUrl',
        'ResultDeadLetterQueueUrl',
        'TicketSecretArn',
        'FunctionName',
        'LogGroupName',
        'SecondLookFunctionName',
        'KeepCredentialFunctionName',
      ]),
    );
  });

  it('puts out the addresses others need', () => {
    const template = templateOf(createStack());

    for (const [output, id] of [
      ['EventQueueUrl', 'RouteChatQueuesEventQueue'],
      ['ResultQueueUrl', 'RouteChatQueuesResultQueue'],
      ['DeadLetterQueueUrl', 'RouteChatQueuesEventDeadLetterQueue'],
      ['ResultDeadLetterQueueUrl', 'RouteChatQueuesResultDeadLetterQueue'],
      ['TicketSecretArn', 'RouteChatTicketSecret'],
      ['FunctionName', 'RouteChatFunction'],
      ['LogGroupName', 'RouteChatLog'],
      ['KeepCredentialFunctionName', 'RouteChatKeepCredentialFunction'],
      ['SecondLookFunctionName', 'RouteChatSecondLookFunction'],
    ]) {
      expect(template.toJSON().Outputs[String(output)].Value).toEqual({
        Ref: expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`)),
      });
    }
  });

  it('puts out the ARN of a secret it was given', () => {
    const template = templateOf(createStack({ ticketSecret: { arn: ticketSecretArn } }));

    template.hasOutput('TicketSecretArn', { Value: ticketSecretArn });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it('hands on whatever a construct takes, and refuses two ways to say where alarms go', () => {
    const topics = new Stack(createApp(), 'Topics');
    const alarmTopic = Topic.fromTopicArn(topics, 'T', 'arn:aws:sns:eu-north-1:123456789012:mine');
    const template = templateOf(createStack({ alarmTopic, logRetention: RetentionDays.ONE_YEAR }));

    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [alarmTopic.topicArn],
    });
    template.resourceCountIs('AWS::SNS::Topic', 0);
    expect(() => createStack({ alarmTopic, alarmEmail: 'a@example.com' })).toThrow(
      'RouteChat: alarmTopic: expected either alarmTopic or alarmEmail; found both.',
    );
  });

  it('goes by the same rules in any region and account', () => {
    const stack = createStack();

    expect(stack.account).toContain('Token');
    expect(stack.region).toContain('Token');
  });

  it.each(contexts)('leaves cdk-nag nothing to find with %j', (context) => {
    expect(findingsIn(stackFor(context))).toEqual([]);
  });

  it('acknowledges one finding, with a reason', () => {
    const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;

    const acknowledged = createStack()
      .node.findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === key))
      .map(({ data }) => JSON.stringify(data));

    expect(acknowledged).toHaveLength(1);
    expect(acknowledged[0]).toMatch(/SMG4.*keep-credential takes the place of rotation/);
  });
});
