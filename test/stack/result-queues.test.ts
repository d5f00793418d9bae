import { describe, expect, it } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createStack, type Resource, resourceOf, templateOf } from './synthesize.ts';

type Template = ReturnType<typeof templateOf>;

const resultQueues = ['rebalancing', 'my-team'];
const stack = createStack({ resultQueues, alarmEmail: 'on.call@example.com' });
const template = templateOf(stack);
const without = templateOf(createStack({ alarmEmail: 'on.call@example.com' }));

const queue = (id: string, of = template) =>
  resourceOf(of, 'AWS::SQS::Queue', `RouteChatQueues${id}`).Properties;
const resourcesOf = (of: Template): Record<string, Resource> => of.toJSON().Resources;
const variablesOf = (of: Template) =>
  (
    resourceOf(of, 'AWS::Lambda::Function', 'RouteChatFunction').Properties.Environment as {
      Variables: Record<string, unknown>;
    }
  ).Variables;
const actionsOn = (of: Template, policy: string): [string, unknown][] => {
  const { PolicyDocument } = resourceOf(of, 'AWS::IAM::Policy', policy).Properties;
  const { Statement } = PolicyDocument as {
    Statement: { Action: string | string[]; Resource: unknown }[];
  };
  return Statement.flatMap(({ Action, Resource }) =>
    [Action].flat().map((action): [string, unknown] => [action, Resource]),
  );
};
const arnOf = (id: string) => ({
  'Fn::GetAtt': [expect.stringMatching(new RegExp(`^RouteChatQueues${id}[0-9A-F]{8}$`)), 'Arn'],
});

describe('result queues of sources', () => {
  it.each(['Sourcerebalancing', 'Sourcemyteam'])(
    'are made as the result queue is, for %s',
    (id) => {
      const { QueueName: _, RedrivePolicy, ...made } = queue(`${id}ResultQueue`);
      const { QueueName: __, RedrivePolicy: ___, ...resultQueue } = queue('ResultQueue');

      expect(made).toEqual(resultQueue);
      expect(RedrivePolicy).toEqual({
        deadLetterTargetArn: arnOf(`${id}ResultDeadLetterQueue`),
        maxReceiveCount: 10,
      });
    },
  );

  it.each([
    ['rebalancing', 'Sourcerebalancing'],
    ['my-team', 'Sourcemyteam'],
  ])('have a dead-letter queue that takes the dead of no other, for %s', (source, id) => {
    const { RedriveAllowPolicy, ...made } = queue(`${id}ResultDeadLetterQueue`);
    const { RedriveAllowPolicy: _, ...others } = queue('ResultDeadLetterQueue');
    const { sourceQueueArns, redrivePermission } = RedriveAllowPolicy as Record<string, unknown>;

    expect(made).toEqual(others);
    expect(redrivePermission).toBe('byQueue');
    expect(sourceQueueArns).toEqual([
      {
        'Fn::Join': [
          '',
          expect.arrayContaining([expect.stringMatching(`-results-${source}.fifo$`)]),
        ],
      },
    ]);
  });

  it.each(['SourcerebalancingResultQueue', 'SourcerebalancingResultDeadLetterQueue'])(
    'let nobody reach the %s without TLS',
    (id) => {
      const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));

      expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toContainEqual([
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sqs:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          Resource: arnOf(id),
        },
      ]);
    },
  );

  it('are told to the function by source, whatever their addresses will be', () => {
    expect(variablesOf(template).RESULT_QUEUE_URLS).toEqual({
      'Fn::Join': [
        '',
        [
          '{"rebalancing":"',
          {
            Ref: expect.stringMatching(/^RouteChatQueuesSourcerebalancingResultQueue[0-9A-F]{8}$/),
          },
          '","my-team":"',
          { Ref: expect.stringMatching(/^RouteChatQueuesSourcemyteamResultQueue[0-9A-F]{8}$/) },
          '"}',
        ],
      ],
    });
  });

  it('may be sent to by the function, which may do nothing else to them', () => {
    const actions = (of: Template) =>
      actionsOn(of, 'RouteChatRoleDefaultPolicy').filter(
        ([action]) => action === 'sqs:SendMessage',
      );
    const others = actionsOn(template, 'RouteChatRoleDefaultPolicy').filter(
      ([action]) => action !== 'sqs:SendMessage',
    );

    expect(actions(template)).toEqual([
      ['sqs:SendMessage', arnOf('EventQueue')],
      [
        'sqs:SendMessage',
        [
          arnOf('ResultQueue'),
          arnOf('SourcemyteamResultQueue'),
          arnOf('SourcerebalancingResultQueue'),
        ],
      ],
    ]);
    expect(others).toEqual(
      actionsOn(without, 'RouteChatRoleDefaultPolicy').filter(
        ([action]) => action !== 'sqs:SendMessage',
      ),
    );
  });

  it('are put out, and their dead-letter queues', () => {
    const { Outputs } = template.toJSON();

    expect(Object.keys(Outputs)).toEqual([
      ...Object.keys(without.toJSON().Outputs),
      'ResultQueueUrlRebalancing',
      'ResultDeadLetterQueueUrlRebalancing',
      'ResultQueueUrlMyTeam',
      'ResultDeadLetterQueueUrlMyTeam',
    ]);
    for (const [output, id] of [
      ['ResultQueueUrl', 'ResultQueue'],
      ['ResultQueueUrlMyTeam', 'SourcemyteamResultQueue'],
      ['ResultDeadLetterQueueUrlMyTeam', 'SourcemyteamResultDeadLetterQueue'],
    ]) {
      expect(Outputs[String(output)].Value).toEqual({
        Ref: expect.stringMatching(new RegExp(`^RouteChatQueues${id}[0-9A-F]{8}$`)),
      });
    }
  });

  it.each([
    ['rebalancing', 'Rebalancing', 'Sourcerebalancing'],
    ['my-team', 'MyTeam', 'Sourcemyteam'],
  ])('raise an alarm that names %s at their first dead letter', (source, id, queueId) => {
    const alarm = resourceOf(
      template,
      'AWS::CloudWatch::Alarm',
      `RouteChatAlarmsResultDeadLetters${id}`,
    ).Properties;
    const {
      AlarmDescription: _,
      Dimensions: __,
      ...ofOthers
    } = resourceOf(
      template,
      'AWS::CloudWatch::Alarm',
      'RouteChatAlarmsResultDeadLetters',
    ).Properties;

    expect(alarm).toMatchObject(ofOthers);
    expect(alarm.AlarmActions).toHaveLength(1);
    expect(alarm.Dimensions).toEqual([
      {
        Name: 'QueueName',
        Value: {
          'Fn::GetAtt': [
            expect.stringMatching(`^RouteChatQueues${queueId}ResultDeadLetterQueue`),
            'QueueName',
          ],
        },
      },
    ]);
    expect(alarm.AlarmDescription).toContain(`redrive them to the result queue of "${source}"`);
  });

  it('leave all that there was as it was', () => {
    const changed = Object.entries(resourcesOf(without))
      .filter(([id, resource]) => {
        const now = resourcesOf(template)[id];
        return JSON.stringify(now) !== JSON.stringify(resource);
      })
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));

    expect(changed).toEqual([
      'RouteChatRoleDefaultPolicy',
      'RouteChatFunction',
      'RouteChatSecondLookRoleDefaultPolicy',
      'RouteChatSecondLookFunction',
      'RouteChatDashboard',
    ]);
  });

  it('are nothing at all unless asked for', () => {
    const none = templateOf(createStack({ resultQueues: [], alarmEmail: 'on.call@example.com' }));

    expect(none.toJSON()).toEqual(without.toJSON());
    without.resourceCountIs('AWS::SQS::Queue', 4);
    expect(variablesOf(without)).not.toHaveProperty('RESULT_QUEUE_URLS');
  });

  it('leave cdk-nag nothing to find', () => {
    const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);

    expect(violations).toEqual([]);
  });
});
