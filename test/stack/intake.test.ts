import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createRouteChat, createStack, resourceOf, templateOf } from './synthesize.ts';

type Template = ReturnType<typeof templateOf>;

const stack = createStack({ eventBridgeIntake: true, alarmEmail: 'on.call@example.com' });
const template = templateOf(stack);

const idsOf = (of: Template) => Object.keys(of.toJSON().Resources);
const propertiesOf = (type: string, id: string, of = template) =>
  resourceOf(of, type, id).Properties;
const reference = (id: string) => expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`));
const arnOf = (id: string) => ({ 'Fn::GetAtt': [reference(id), 'Arn'] });
const statementsOf = (type: string, id: string, of = template) =>
  (propertiesOf(type, id, of).PolicyDocument as { Statement: object[] }).Statement;

describe('eventBridgeIntake', () => {
  it('has a bus named after the deployment, whose RouteChatRequested events invoke the intake as they are', () => {
    expect(propertiesOf('AWS::Events::EventBus', 'EventBus')).toMatchObject({
      Name: stack.routeChat.serviceName,
    });
    expect(propertiesOf('AWS::Events::Rule', 'RouteChatIntakeRulesRouteChatRequested')).toEqual({
      EventBusName: { Ref: reference('EventBus') },
      EventPattern: { 'detail-type': ['RouteChatRequested'] },
      Name: expect.stringMatching(/^RouteChattest-RouteChat-.*-RouteChatRequested-[0-9A-F]{8}$/),
      State: 'ENABLED',
      Targets: [
        {
          Id: 'Target0',
          Arn: arnOf('RouteChatIntakeFunction'),
          DeadLetterConfig: { Arn: arnOf('RouteChatIntakeDeadLetterQueue') },
          RetryPolicy: { MaximumEventAgeInSeconds: 300 },
        },
      ],
    });
  });

  it('tells where the bus, the function and what it failed on are', () => {
    expect(template.toJSON().Outputs).toMatchObject({
      EventBusName: { Value: { Ref: reference('EventBus') } },
      IntakeFunctionName: { Value: { Ref: reference('RouteChatIntakeFunction') } },
      IntakeDeadLetterQueueUrl: { Value: { Ref: reference('RouteChatIntakeDeadLetterQueue') } },
    });
  });

  it('adds nothing where it is off', () => {
    const plain = idsOf(templateOf(createStack()));

    expect(idsOf(templateOf(createStack({ eventBridgeIntake: false })))).toEqual(plain);
    expect(plain.filter((id) => /Intake|EventBus/.test(id))).toEqual([]);
  });

  it('changes nothing of the rest', () => {
    const { Resources: without } = templateOf(
      createStack({ alarmEmail: 'on.call@example.com' }),
    ).toJSON();

    expect(template.toJSON().Resources).toMatchObject(without);
  });

  it('passes cdk-nag', () => {
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });
});

describe('intakeFunction', () => {
  it('is not there until it is asked for, and is one then', () => {
    const routeChat = createRouteChat();
    const unused = idsOf(templateOf(createRouteChat()));

    expect(unused.filter((id) => id.includes('Intake'))).toEqual([]);
    expect(routeChat.intakeFunction).toBe(routeChat.intakeFunction);
    expect(templateOf(routeChat).findResources('AWS::Events::EventBus')).toEqual({});
  });

  it('is told by the stack, also where it alone is asked for, and later than the stack is made', () => {
    const alone = createStack();
    alone.routeChat.intakeFunction.addAlias('live');

    const { Outputs } = templateOf(alone).toJSON();

    expect(Outputs.IntakeFunctionName.Value).toEqual({ Ref: reference('RouteChatIntakeFunction') });
    expect(Outputs).toHaveProperty('IntakeDeadLetterQueueUrl');
    expect(Outputs).not.toHaveProperty('EventBusName');
  });

  it('knows the event queue and how long an event lives', () => {
    expect(propertiesOf('AWS::Lambda::Function', 'RouteChatIntakeFunction')).toMatchObject({
      Environment: {
        Variables: {
          EVENT_QUEUE_URL: { Ref: reference('RouteChatQueuesEventQueue') },
          EVENT_TIME_TO_LIVE_SECONDS: '300',
        },
      },
      DeadLetterConfig: { TargetArn: arnOf('RouteChatIntakeDeadLetterQueue') },
      RecursiveLoop: 'Allow',
      Timeout: 30,
    });
  });

  it('may send to the event queue, leave its dead letters and write its log, and nothing else', () => {
    expect(statementsOf('AWS::IAM::Policy', 'RouteChatIntakeRoleDefaultPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: arnOf('RouteChatIntakeLog'),
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: [arnOf('RouteChatIntakeDeadLetterQueue'), arnOf('RouteChatQueuesEventQueue')],
      },
    ]);
  });

  it('can be invoked by its rule alone, which may leave dead letters, over TLS', () => {
    const SourceArn = arnOf('RouteChatIntakeRulesRouteChatRequested');
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission'));

    expect(
      permissions.filter(({ Properties }) =>
        JSON.stringify(Properties.FunctionName).includes('Intake'),
      ),
    ).toMatchObject([
      {
        Properties: {
          Action: 'lambda:InvokeFunction',
          Principal: 'events.amazonaws.com',
          SourceArn,
        },
      },
    ]);
    expect(
      statementsOf('AWS::SQS::QueuePolicy', 'RouteChatIntakeDeadLetterQueuePolicy'),
    ).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
      },
    ]);
  });

  it.each([
    [10, 60],
    [61, 61],
    [1800, 1800],
  ])(
    'is invoked by nothing older than an event lives, %i s, or AWS allows, %i s',
    (lives, kept) => {
      const of = templateOf(
        createStack({ eventBridgeIntake: true, eventTimeToLive: Duration.seconds(lives) }),
      );

      expect(
        propertiesOf(
          'AWS::Lambda::EventInvokeConfig',
          'RouteChatIntakeFunctionEventInvokeConfig',
          of,
        ),
      ).toMatchObject({ MaximumEventAgeInSeconds: kept });
      expect(
        propertiesOf('AWS::Events::Rule', 'RouteChatIntakeRulesRouteChatRequested', of),
      ).toMatchObject({ Targets: [{ RetryPolicy: { MaximumEventAgeInSeconds: kept } }] });
    },
  );

  it.each([
    ['IntakeDeadLetters', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'],
    ['IntakeDeadLetterErrors', 'AWS/Lambda', 'DeadLetterErrors', 'Sum'],
  ])(
    'raises %s at the first of them, and mails what to do',
    (id, Namespace, MetricName, Statistic) => {
      const { AlarmDescription, ...alarm } = propertiesOf(
        'AWS::CloudWatch::Alarm',
        `RouteChatAlarms${id}`,
      );

      expect(alarm).toMatchObject({
        Namespace,
        MetricName,
        Statistic,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
        AlarmActions: [{ Ref: expect.stringMatching(/^Alarms/) }],
      });
      expect(JSON.stringify(alarm.Dimensions)).toContain('RouteChatIntake');
      expect(AlarmDescription).toContain(`docs/runbook.md#${id.toLowerCase()}`);
    },
  );

  it('keeps its dead letters for as long as SQS does, encrypted', () => {
    expect(propertiesOf('AWS::SQS::Queue', 'RouteChatIntakeDeadLetterQueue')).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });
});
