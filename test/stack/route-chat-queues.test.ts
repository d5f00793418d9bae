import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib/core';
import { functionTimeoutSeconds } from '../../functions/route-chat/function-timeout.ts';
import { createRouteChat, resourceOf, templateOf } from './synthesize.ts';

const template = templateOf(createRouteChat());
const queue = (id: string) =>
  resourceOf(template, 'AWS::SQS::Queue', `RouteChatQueues${id}`).Properties;

const all = ['EventQueue', 'EventDeadLetterQueue', 'ResultQueue', 'ResultDeadLetterQueue'];

describe('RouteChatQueues', () => {
  it('makes four queues and no more', () => {
    template.resourceCountIs('AWS::SQS::Queue', 4);
  });

  it.each(all)('keeps the %s in order, encrypted, and deduplicated as a whole', (id) => {
    expect(queue(id)).toMatchObject({
      FifoQueue: true,
      SqsManagedSseEnabled: true,
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  });

  it.each(all)('lets nobody reach the %s without TLS', (id) => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            Resource: {
              'Fn::GetAtt': [Match.stringLikeRegexp(`^RouteChatQueues${id}[0-9A-F]{8}$`), 'Arn'],
            },
          },
        ],
      },
    });
  });

  it('hides an event for six function timeouts, and for less than SQS knows a repeat', () => {
    for (const [id, of] of [
      ['EventQueue', 'RouteChatFunction'],
      ['EventDeadLetterQueue', 'RouteChatSecondLookFunction'],
    ] as const) {
      const { Timeout } = resourceOf(template, 'AWS::Lambda::Function', of).Properties;

      expect(Timeout).toBe(functionTimeoutSeconds);
      expect(queue(id).VisibilityTimeout).toBe(6 * functionTimeoutSeconds);
    }
    expect(6 * functionTimeoutSeconds).toBeLessThan(300);
  });

  it('knows an event by its content, and keeps it for four days', () => {
    expect(queue('EventQueue')).toMatchObject({
      ContentBasedDeduplication: true,
      MessageRetentionPeriod: 4 * 86_400,
    });
  });

  it('keeps results, and whatever is dead, for as long as SQS can', () => {
    const retentions = ['ResultQueue', 'ResultDeadLetterQueue', 'EventDeadLetterQueue'].map(
      (id) => queue(id).MessageRetentionPeriod,
    );

    expect(retentions).toEqual([1_209_600, 1_209_600, 1_209_600]);
  });

  it('deduplicates results by the id they are sent with', () => {
    expect(queue('ResultQueue').ContentBasedDeduplication).toBe(false);
  });

  it.each([
    ['Event', 200],
    ['Result', 10],
  ])('moves the dead of the %s queue after %i receives', (id, maxReceiveCount) => {
    expect(queue(`${id}Queue`).RedrivePolicy).toEqual({
      deadLetterTargetArn: {
        'Fn::GetAtt': [expect.stringContaining(`Queues${id}DeadLetterQueue`), 'Arn'],
      },
      maxReceiveCount,
    });
  });

  it.each(['Event', 'Result'])('takes the dead of the %s queue alone', (id) => {
    const allowed = queue(`${id}DeadLetterQueue`).RedriveAllowPolicy as {
      redrivePermission: string;
      sourceQueueArns: unknown[];
    };

    expect(allowed.redrivePermission).toBe('byQueue');
    expect(allowed.sourceQueueArns).toHaveLength(1);
    expect(JSON.stringify(allowed.sourceQueueArns)).toContain(`:${queue(`${id}Queue`).QueueName}"`);
  });

  it('gives queues names that SQS takes, and no two the same', () => {
    const names = ['EventQueue', 'ResultQueue'].map((id) => String(queue(id).QueueName));

    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[\w-]{1,75}\.fifo$/);
  });

  it.each([
    [10, 55],
    [1800, 950],
  ])('with %i s to live, receives an event up to %i times', (seconds, maxReceiveCount) => {
    const routeChat = createRouteChat({ eventTimeToLive: Duration.seconds(seconds) });

    templateOf(routeChat).hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 90,
      RedrivePolicy: { maxReceiveCount },
    });
  });
});
