import { describe, expect, it } from '@jest/globals';
import { ApiMapping, DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createRouteChat, createStack, resourceOf, templateOf } from './synthesize.ts';

const stack = createStack({ httpIntake: true, alarmEmail: 'on.call@example.com' });
const template = templateOf(stack);
const { Resources: resources } = template.toJSON();
const { serviceName } = stack.routeChat;

const propertiesOf = (type: string, id: string) =>
  resourceOf(template, type, `RouteChat${id}`).Properties;
const reference = (id: string) => expect.stringMatching(new RegExp(`^RouteChat${id}[0-9A-F]{8}$`));
const arnOf = (id: string) => ({ 'Fn::GetAtt': [reference(id), 'Arn'] });

describe('httpIntake', () => {
  it('answers one route, through its function', () => {
    expect(propertiesOf('AWS::ApiGatewayV2::Route', 'HttpIntakeApiPOSTevents')).toMatchObject({
      RouteKey: 'POST /events',
      Target: {
        'Fn::Join': [
          '',
          ['integrations/', { Ref: reference('HttpIntakeApiPOSTeventsIntegration') }],
        ],
      },
    });
    expect(
      propertiesOf('AWS::ApiGatewayV2::Integration', 'HttpIntakeApiPOSTeventsIntegration'),
    ).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf('HttpIntakeFunction'),
      PayloadFormatVersion: '2.0',
    });
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 1);
  });

  it('takes ten requests a second, twenty at once, and writes down who came and what came of it', () => {
    const { AccessLogSettings, ...stage } = propertiesOf(
      'AWS::ApiGatewayV2::Stage',
      'HttpIntakeStage',
    );
    const { DestinationArn, Format } = AccessLogSettings as Record<string, string>;

    expect(stage).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
    });
    expect(DestinationArn).toEqual(arnOf('HttpIntakeAccessLog'));
    expect(JSON.parse(String(Format))).toMatchObject({
      requestId: '$context.requestId',
      ip: '$context.identity.sourceIp',
      status: '$context.status',
    });
    expect(propertiesOf('AWS::Logs::LogGroup', 'HttpIntakeAccessLog')).toEqual({
      LogGroupName: `/aws/vendedlogs/${serviceName}-http-intake`,
      RetentionInDays: 30,
    });
  });

  it('can be reached under a domain of somebody’s own', () => {
    const routeChat = createRouteChat();
    const { api, stage } = routeChat.addHttpIntake();
    const domainName = DomainName.fromDomainNameAttributes(routeChat, 'Domain', {
      name: 'events.example.com',
      regionalDomainName: 'd-1.execute-api.eu-north-1.amazonaws.com',
      regionalHostedZoneId: 'Z1',
    });
    new ApiMapping(routeChat, 'Mapping', { api, stage, domainName });

    templateOf(routeChat).hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', {
      DomainName: 'events.example.com',
      Stage: '$default',
    });
  });

  it('knows the queue, the secret and how long an event lives', () => {
    expect(propertiesOf('AWS::Lambda::Function', 'HttpIntakeFunction')).toMatchObject({
      Environment: {
        Variables: {
          EVENT_QUEUE_URL: { Ref: reference('QueuesEventQueue') },
          EVENT_TIME_TO_LIVE_SECONDS: '300',
          SIGNING_SECRET_ARN: { Ref: reference('HttpIntakeSigningSecret') },
          POWERTOOLS_SERVICE_NAME: serviceName,
          POWERTOOLS_METRICS_NAMESPACE: 'RouteChat',
        },
      },
      Timeout: 10,
    });
  });

  it('waits for a secret, and holds none', () => {
    expect(propertiesOf('AWS::SecretsManager::Secret', 'HttpIntakeSigningSecret')).toMatchObject({
      SecretString: '{"signingSecret":"REPLACE-ME"}',
    });
  });

  it('may send to the event queue, read its secret and write its log, and nothing else', () => {
    const { PolicyDocument } = propertiesOf('AWS::IAM::Policy', 'HttpIntakeRoleDefaultPolicy');

    expect(PolicyDocument).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: arnOf('HttpIntakeLog'),
        },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('QueuesEventQueue') },
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: { Ref: reference('HttpIntakeSigningSecret') },
        },
      ],
    });
    expect(Object.keys(propertiesOf('AWS::IAM::Role', 'HttpIntakeRole'))).toEqual([
      'AssumeRolePolicyDocument',
    ]);
  });

  it('can be invoked by its route alone', () => {
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission'))
      .map(({ Properties }) => Properties)
      .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes('HttpIntake'));

    expect(permissions).toMatchObject([
      { Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
    ]);
    expect(JSON.stringify(permissions[0]?.SourceArn)).toMatch(
      /"Ref":"RouteChatHttpIntakeApi[0-9A-F]{8}"\},"\/\*\/\*\/events"/,
    );
  });

  it('tells where it is, and its secret', () => {
    expect(template.toJSON().Outputs).toMatchObject({
      HttpIntakeUrl: {
        Value: {
          'Fn::Join': [
            '',
            [{ 'Fn::GetAtt': [reference('HttpIntakeApi'), 'ApiEndpoint'] }, '/events'],
          ],
        },
      },
      HttpIntakeSecretArn: { Value: { Ref: reference('HttpIntakeSigningSecret') } },
    });
  });

  it('raises an alarm where most of three requests or more are refused', () => {
    const { AlarmDescription, Metrics, ...alarm } = propertiesOf(
      'AWS::CloudWatch::Alarm',
      'AlarmsHttpIntakeRefused',
    );

    expect(alarm).toMatchObject({
      Threshold: 50,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/^Alarms/) }],
    });
    const counted = (MetricName: string) => ({
      MetricStat: {
        Metric: {
          Namespace: 'RouteChat',
          MetricName,
          Dimensions: [{ Name: 'service', Value: serviceName }],
        },
        Period: 900,
        Stat: 'Sum',
      },
    });
    expect(Metrics).toMatchObject([
      { Expression: 'IF(requests >= 3, 100 * refused / requests, 0)' },
      { Id: 'requests', ...counted('HttpIntake.Request') },
      { Id: 'refused', ...counted('HttpIntake.Refused') },
    ]);
    expect(AlarmDescription).toContain('docs/runbook.md#httpintakerefused');
  });

  it('raises an alarm at the second failure within five minutes', () => {
    expect(propertiesOf('AWS::CloudWatch::Alarm', 'AlarmsHttpIntakeFailed')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5xx',
      Dimensions: [{ Name: 'ApiId', Value: { Ref: reference('HttpIntakeApi') } }],
      Statistic: 'Sum',
      Period: 300,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/^Alarms/) }],
    });
  });

  it('adds nothing where it is off, and changes nothing of the rest where it is on', () => {
    const { Resources: without } = templateOf(
      createStack({ httpIntake: false, alarmEmail: 'on.call@example.com' }),
    ).toJSON();

    expect(Object.keys(without).filter((id) => /HttpIntake/.test(id))).toEqual([]);
    expect(resources).toMatchObject(without);
  });

  it('passes cdk-nag', () => {
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });
});

describe('addHttpIntake', () => {
  it('makes one in a stack of somebody’s own', () => {
    const routeChat = createRouteChat();

    const { url, signingSecret } = routeChat.addHttpIntake();

    expect([url, signingSecret.secretArn].every(Boolean)).toBe(true);
    expect(() => routeChat.addHttpIntake()).toThrow('HttpIntake');
  });
});
