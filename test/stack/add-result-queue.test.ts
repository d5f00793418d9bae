import { describe, expect, it } from '@jest/globals';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { RouteChatQueues } from '../../lib/route-chat-queues.ts';
import { createApp, createRouteChat, resourceOf, templateOf } from './synthesize.ts';

const routeChatWith = (...sources: string[]) => {
  const routeChat = createRouteChat();
  for (const source of sources) routeChat.addResultQueue(source);
  return routeChat;
};

/** What the function will read, with the logical ids of queues for their addresses. */
function addressesIn(template: ReturnType<typeof templateOf>) {
  const { Environment } = resourceOf(template, 'AWS::Lambda::Function', 'RouteChatFunction')
    .Properties as {
    Environment: { Variables: { RESULT_QUEUE_URLS: { 'Fn::Join': [string, unknown[]] } } };
  };
  const [, parts] = Environment.Variables.RESULT_QUEUE_URLS['Fn::Join'];
  return JSON.parse(parts.map((part) => (part as { Ref?: string }).Ref ?? part).join(''));
}

const letters = (count: number) => [...'abcdefghijk'].slice(0, count);

/** The names of the queues that a deployment of this name has for these sources. */
const queueNames = (name: string, sources: string[]): string[] => {
  const stack = new Stack(createApp(), 'Somebody');
  const queues = new RouteChatQueues(stack, 'Queues', {
    name,
    eventTimeToLiveSeconds: 300,
  });
  for (const source of sources) queues.addResultQueue(source);
  return Object.values(templateOf(stack).findResources('AWS::SQS::Queue'))
    .map(({ Properties }) => Properties.QueueName)
    .filter(Boolean);
};

describe('addResultQueue', () => {
  it('answers with the queue that resultQueueOf then finds', () => {
    const routeChat = createRouteChat();

    const queue = routeChat.addResultQueue('rebalancing');

    expect(routeChat.resultQueueOf('rebalancing')).toBe(queue);
    expect(queue).not.toBe(routeChat.resultQueue);
    expect(routeChat.resultDeadLetterQueueOf('rebalancing')).toBe(queue.deadLetterQueue?.queue);
  });

  it.each([
    'a',
    'z9',
    'my-team',
    'x--',
    'a2345678901234567890',
    'constructor',
    'dead-letter',
    'by-name',
    'event-queue',
    'function',
  ])('takes the source %s', (source) => {
    const template = templateOf(routeChatWith(source));

    template.resourceCountIs('AWS::SQS::Queue', 6);
    expect(addressesIn(template)).toEqual({ [source]: expect.stringContaining('QueuesSource') });
  });

  it.each([
    '',
    'A',
    'Rebalancing',
    '1st',
    '-a',
    'a_b',
    'a.b',
    'a:b',
    'a b',
    ' a',
    'a ',
    'a\n',
    'å',
    '__proto__',
    'a23456789012345678901',
  ])('refuses the source %j', (source) => {
    expect(() => routeChatWith(source)).toThrow(
      `RouteChat: addResultQueue: expected a lower-case letter, then up to 19 lower-case letters, digits or hyphens; found ${JSON.stringify(source)}.`,
    );
  });

  it('needs the source before deployment', () => {
    expect(() => routeChatWith(Token.asString({ Ref: 'Source' }))).toThrow(
      'found a value known only at deployment.',
    );
  });

  it.each([
    [['a', 'b', 'a'], 'expected each source once; found "a" twice.'],
    [
      ['a1', 'a-1'],
      'expected sources that still differ as ids of outputs; found "a1" and "a-1", both A1.',
    ],
    [
      ['my-team', 'my--team-'],
      'expected sources that still differ as ids of outputs; found "my-team" and "my--team-", both MyTeam.',
    ],
    [letters(11), 'expected at most 10 sources; found one more, "k".'],
  ])('refuses the last of %j', (sources, says) => {
    expect(() => routeChatWith(...sources)).toThrow(`RouteChat: addResultQueue: ${says}`);
  });

  it('leaves nothing behind of what it refused', () => {
    const routeChat = routeChatWith('a');
    expect(() => routeChat.addResultQueue('a')).toThrow('twice');

    expect(templateOf(routeChat).toJSON()).toEqual(templateOf(routeChatWith('a')).toJSON());
  });

  it('takes ten, and sources that differ by a hyphen within', () => {
    templateOf(routeChatWith(...letters(10))).resourceCountIs('AWS::SQS::Queue', 24);
    templateOf(routeChatWith('ab', 'a-b')).resourceCountIs('AWS::SQS::Queue', 8);
  });

  it('names queues after deployment and source', () => {
    expect(queueNames('Somebody-RouteChat-1234ABCD', ['rebalancing'])).toEqual([
      'Somebody-RouteChat-1234ABCD-events.fifo',
      'Somebody-RouteChat-1234ABCD-results.fifo',
      'Somebody-RouteChat-1234ABCD-results-rebalancing.fifo',
    ]);
  });

  it('keeps names within what SQS takes, and tells deployments apart that differ anywhere', () => {
    const names = ['', 'a', 'b'].flatMap((last) =>
      ['', 'A', 'B'].flatMap((first) => {
        const name = `${first}${'x'.repeat(64)}`.slice(0, 64 - last.length) + last;
        return queueNames(name, ['a', 'a'.padEnd(20, 'x')]);
      }),
    );

    for (const name of names) expect(name).toMatch(/^[\w-]{1,75}\.fifo$/);
    expect(names).toContain(`${'x'.repeat(64)}-results.fifo`);
    expect(new Set(names).size).toBe(9 * 4);
  });

  it('keeps as much of the name as there is room for', () => {
    const room = 80 - '-results-rebalancing.fifo'.length;

    expect(queueNames('x'.repeat(room), ['rebalancing']).at(-1)).toBe(
      `${'x'.repeat(room)}-results-rebalancing.fifo`,
    );
    expect(queueNames('x'.repeat(room + 1), ['rebalancing']).at(-1)).toMatch(
      /^x{46}-[0-9a-f]{8}-results-rebalancing\.fifo$/,
    );
  });
});

describe('resultQueueOf', () => {
  it('names the sources there are', () => {
    expect(() => routeChatWith('rebalancing', 'my-team').resultQueueOf('rebalancer')).toThrow(
      'RouteChat: source: expected one that addResultQueue was called with (rebalancing, my-team); found "rebalancer".',
    );
    expect(() => createRouteChat().resultQueueOf('rebalancing')).toThrow('(none yet)');
  });
});

describe('grantConsumeResults', () => {
  it('lets a reader read the results of its source, and no others', () => {
    const routeChat = routeChatWith('rebalancing', 'my-team');
    const reader = new Role(routeChat, 'Reader', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });

    routeChat.grantConsumeResults(reader, { source: 'my-team' }).assertSuccess();

    const policy = JSON.stringify(
      resourceOf(templateOf(routeChat), 'AWS::IAM::Policy', 'RouteChatReaderDefaultPolicy'),
    );
    expect(policy.match(/RouteChatQueues\w+/g)).toEqual([
      expect.stringMatching(/^RouteChatQueuesSourcemyteamResultQueue[0-9A-F]{8}$/),
    ]);
    expect(policy).toContain('"sqs:ReceiveMessage"');
    expect(policy).not.toContain('SendMessage');
  });

  it('refuses a source without a queue, rather than grant what was not meant', () => {
    const routeChat = routeChatWith('rebalancing');
    const principal = new ServicePrincipal('lambda.amazonaws.com');
    const reader = new Role(routeChat, 'Reader', { assumedBy: principal });

    expect(() => routeChat.grantConsumeResults(reader, { source: 'my-team' })).toThrow('my-team');
  });
});

describe('metricResultDeadLetters', () => {
  const routeChat = routeChatWith('rebalancing');
  const queueNameIn = (metric: { dimensions?: Record<string, unknown> }) =>
    metric.dimensions?.QueueName;

  it('counts those of the source that is named, or of all others', () => {
    const { resultDeadLetterQueue } = routeChat;
    const own = routeChat.resultDeadLetterQueueOf('rebalancing');

    expect(queueNameIn(routeChat.metricResultDeadLetters())).toBe(resultDeadLetterQueue.queueName);
    expect(queueNameIn(routeChat.metricResultDeadLetters({ source: 'rebalancing' }))).toBe(
      own.queueName,
    );
  });

  it('takes the options of any metric beside', () => {
    const metric = routeChat.metricResultDeadLetters({
      source: 'rebalancing',
      period: Duration.hours(1),
    });

    expect(metric.period.toSeconds()).toBe(3600);
  });
});
