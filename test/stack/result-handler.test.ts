import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { RouteChat } from '../../lib/route-chat.ts';
import { createApp, type Resource, resourceOf, tenant } from './synthesize.ts';

/** Somebody's function beside the construct, or in a stack of its own. */
function setUp({ timeout, apart = false }: { timeout?: Duration; apart?: boolean } = {}) {
  const app = createApp();
  const stack = new Stack(app, 'Somebody');
  const routeChat = new RouteChat(stack, 'RouteChat', { tenant });
  const handler = new LambdaFunction(apart ? new Stack(app, 'Apart') : stack, 'Reader', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
    ...(timeout && { timeout }),
  });
  return { routeChat, handler, template: () => Template.fromStack(Stack.of(handler)) };
}

const mappingsOf = (template: Template) =>
  Object.values(
    template.findResources('AWS::Lambda::EventSourceMapping') as Record<string, Resource>,
  )
    .map(({ Properties }) => Properties)
    .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes('"Reader'));

describe('RouteChat.addResultHandler', () => {
  it('feeds the function the results, and has those it fails on come again', () => {
    const { routeChat, handler, template } = setUp();

    routeChat.addResultHandler(handler);

    expect(mappingsOf(template())).toEqual([
      {
        BatchSize: 10,
        EventSourceArn: {
          'Fn::GetAtt': [expect.stringMatching(/^RouteChatQueuesResultQueue[0-9A-F]{8}$/), 'Arn'],
        },
        FunctionName: { Ref: expect.stringMatching(/^Reader/) },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    ]);
  });

  it('feeds it those of a source that has a queue of its own, beside any others', () => {
    const { routeChat, handler, template } = setUp();
    routeChat.addResultQueue('rebalancing');

    routeChat.addResultHandler(handler, { source: 'rebalancing' });
    routeChat.addResultHandler(handler);

    expect(mappingsOf(template()).map(({ EventSourceArn }) => EventSourceArn)).toEqual([
      {
        'Fn::GetAtt': [
          expect.stringMatching(/^RouteChatQueuesSourcerebalancingResultQueue[0-9A-F]{8}$/),
          'Arn',
        ],
      },
      { 'Fn::GetAtt': [expect.stringMatching(/^RouteChatQueuesResultQueue[0-9A-F]{8}$/), 'Arn'] },
    ]);
    expect(() => routeChat.addResultHandler(handler, { source: 'rebalancer' })).toThrow(
      'found "rebalancer".',
    );
  });

  it('lets the function take results off their queue, and nothing else', () => {
    const { routeChat, handler, template } = setUp();

    routeChat.addResultHandler(handler);

    const { PolicyDocument } = resourceOf(
      template(),
      'AWS::IAM::Policy',
      'ReaderServiceRoleDefaultPolicy',
    ).Properties;
    expect(PolicyDocument).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          Resource: {
            'Fn::GetAtt': [expect.stringMatching(/^RouteChatQueuesResultQueue[0-9A-F]{8}$/), 'Arn'],
          },
        },
      ],
    });
    expect((PolicyDocument as { Statement: unknown[] }).Statement).toHaveLength(1);
  });

  it('takes a function of another stack, which then needs ours alone', () => {
    const { routeChat, handler, template } = setUp({ apart: true });

    routeChat.addResultHandler(handler);

    expect(mappingsOf(template())).toHaveLength(1);
    expect(mappingsOf(Template.fromStack(Stack.of(routeChat)))).toHaveLength(0);
  });

  it('takes functions that end while their results are invisible', () => {
    const { routeChat, handler, template } = setUp({ timeout: Duration.seconds(30) });

    routeChat.addResultHandler(handler);

    // SQS's default of 30 s.
    expect(
      resourceOf(template(), 'AWS::SQS::Queue', 'RouteChatQueuesResultQueue').Properties,
    ).not.toHaveProperty('VisibilityTimeout');
  });

  it('refuses a function that may run longer', () => {
    const { routeChat, handler } = setUp({ timeout: Duration.seconds(31) });

    expect(() => routeChat.addResultHandler(handler)).toThrow(
      'RouteChat: addResultHandler: expected a function that ends within 30 s, for so long a result stays invisible to others; found a timeout of 31 s.',
    );
  });
});
