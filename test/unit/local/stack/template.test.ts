import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readStack } from '../../../../local/stack/synthesized-stack.ts';
import {
  functionByOutput,
  functionsOf,
  httpRoutesOf,
  mappingsOf,
  outputOf,
  queuesOf,
  secretsOf,
} from '../../../../local/stack/template.ts';
import { templateValues } from '../../../../local/stack/template-values.ts';

const assembly = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(assembly, { recursive: true }));
const write = (name: string, content: object) =>
  writeFileSync(join(assembly, name), JSON.stringify(content));

const resources = {
  Events: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'events.fifo',
      FifoQueue: true,
      VisibilityTimeout: 90,
      ContentBasedDeduplication: true,
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 9 },
    },
  },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
  GivenUp: { Type: 'AWS::SQS::Queue', Properties: {} },
  Ticket: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"ticket":""}' } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { IntegrationUri: { 'Fn::GetAtt': ['Intake', 'Arn'] } },
  },
  HttpRoute: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      RouteKey: 'POST /events',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Route: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: { 'Fn::Sub': 'assets' }, S3Key: 'abc123.zip' },
      Handler: 'index.handler',
      Timeout: 15,
      MemorySize: 256,
      LoggingConfig: { LogGroup: { Ref: 'RouteLog' } },
      Environment: {
        Variables: {
          EVENT_QUEUE_URL: { Ref: 'Events' },
          TICKET_SECRET_ARN: { Ref: 'Ticket' },
          LOG: { 'Fn::Join': ['/', ['logs', { Ref: 'AWS::Region' }, { Ref: 'Route' }]] },
          SECONDS: '300',
        },
      },
    },
  },
  CustomResourceHelper: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ZipFile: 'exports.handler = …' }, Handler: 'index.handler' },
  },
  Intake: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Key: 'def456.zip' },
      Handler: 'index.handler',
      Timeout: 30,
      MemorySize: 128,
      DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } },
    },
  },
  IntakeInvokeConfig: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'Intake' },
      MaximumEventAgeInSeconds: 300,
      MaximumRetryAttempts: 0,
      Qualifier: '$LATEST',
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      BatchSize: 10,
      EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
      FunctionName: { Ref: 'Route' },
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  },
  SilentMapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
      FunctionName: { Ref: 'Intake' },
    },
  },
};
write('manifest.json', {
  artifacts: {
    assets: { type: 'cdk:asset-manifest', properties: {} },
    Stack: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Stack.template.json' },
    },
  },
});
write('Stack.template.json', {
  Resources: resources,
  Outputs: {
    EventQueueUrl: { Value: { Ref: 'Events' } },
    FunctionName: { Value: { Ref: 'Route' } },
    Url: { Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, '/events']] } },
    Odd: { Value: { 'Fn::ImportValue': 'other' } },
  },
});
write('Stack.assets.json', {
  files: {
    abc123: { source: { path: 'asset.abc123' } },
    def456: { source: { path: 'asset.def456' } },
  },
});

const stack = readStack(assembly);
const values = templateValues(
  stack,
  (name) => `http://127.0.0.1:1/000000000000/${name}`,
  () => 'http://127.0.0.1:2',
);

describe('queuesOf', () => {
  it('reads each queue, a standard one too, with its own name or the one it would be given', () => {
    const silent = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: false };

    expect(queuesOf(stack)).toEqual([
      {
        name: 'events.fifo',
        visibilityTimeoutSeconds: 90,
        contentBasedDeduplication: true,
        retentionSeconds: 345_600,
        redrive: { deadLetterQueueName: 'Dead.fifo', maxReceiveCount: 9 },
      },
      { name: 'Dead.fifo', retentionSeconds: 345_600, ...silent },
      { name: 'GivenUp.fifo', retentionSeconds: 345_600, ...silent },
    ]);
  });
});

describe('functionsOf', () => {
  it('reads every function that has an asset, its variables resolved for this machine', () => {
    expect(functionsOf(stack, values)).toEqual([
      {
        logicalId: 'Route',
        handlerFile: join(assembly, 'asset.abc123', 'index.mjs'),
        environment: {
          EVENT_QUEUE_URL: 'http://127.0.0.1:1/000000000000/events.fifo',
          TICKET_SECRET_ARN: 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:Ticket-a1B2c3',
          LOG: 'logs/eu-north-1/Route',
          SECONDS: '300',
        },
        timeoutSeconds: 15,
        memoryMegabytes: 256,
        logGroupName: 'RouteLog',
        asynchronous: {},
      },
      {
        logicalId: 'Intake',
        handlerFile: join(assembly, 'asset.def456', 'index.mjs'),
        environment: {},
        timeoutSeconds: 30,
        memoryMegabytes: 128,
        logGroupName: '/aws/lambda/Intake',
        asynchronous: { maximumEventAgeSeconds: 300, maximumRetryAttempts: 0 },
        deadLetterQueueArn: 'arn:aws:sqs:eu-north-1:000000000000:GivenUp.fifo',
      },
    ]);
  });
});

describe('mappingsOf', () => {
  it('reads which function each queue feeds', () => {
    const queueArn = 'arn:aws:sqs:eu-north-1:000000000000:events.fifo';

    expect(mappingsOf(stack, values)).toEqual([
      { functionLogicalId: 'Route', queueArn, batchSize: 10, maximumConcurrency: 2 },
      {
        functionLogicalId: 'Intake',
        queueArn: 'arn:aws:sqs:eu-north-1:000000000000:Dead.fifo',
        batchSize: 10,
      },
    ]);
  });
});

describe('httpRoutesOf', () => {
  it('reads which function answers a route', () => {
    expect(httpRoutesOf(stack)).toEqual([
      { routeKey: 'POST /events', functionLogicalId: 'Intake' },
    ]);
  });
});

describe('secretsOf', () => {
  it('reads what each secret holds before it is filled', () => {
    expect(secretsOf(stack, values)).toEqual({
      'arn:aws:secretsmanager:eu-north-1:000000000000:secret:Ticket-a1B2c3': '{"ticket":""}',
    });
  });
});

describe('outputOf', () => {
  it.each([
    ['EventQueueUrl', 'http://127.0.0.1:1/000000000000/events.fifo'],
    ['Url', 'http://127.0.0.1:2/events'],
  ])('resolves %s', (name, url) => {
    expect(outputOf(stack, values, name)).toBe(url);
  });

  it.each([
    ['Missing', 'Template: expected the output Missing, found none.'],
    ['Odd', 'Template: cannot resolve {"Fn::ImportValue":"other"}.'],
  ])('says what is wrong with %s', (name, says) => {
    expect(() => outputOf(stack, values, name)).toThrow(says);
  });
});

describe('functionByOutput', () => {
  it('finds the function whose name is told', () => {
    expect(functionByOutput(stack, values, 'FunctionName')).toMatchObject({ logicalId: 'Route' });
  });

  it('says where there is none', () => {
    expect(() => functionByOutput(stack, values, 'EventQueueUrl')).toThrow(
      'Template: expected a function at the output EventQueueUrl, found none.',
    );
  });
});
