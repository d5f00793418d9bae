import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import type { DeadLetter } from '../../stand-ins/dead-letter.ts';
import { createEventBridge, type Rule } from '../../stand-ins/eventbridge/event-bridge.ts';
import { type EventPattern, matchesPattern } from '../../stand-ins/eventbridge/event-pattern.ts';
import { type EventBridgeApi, startEventBridgeApi } from '../../stand-ins/eventbridge/server.ts';
import { inputFor } from '../../stand-ins/eventbridge/target-input.ts';

/** The event of AWS's documentation. */
const event = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  time: '2015-11-11T21:29:54Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111'],
  detail: { 'instance-id': 'i-0123456789', state: 'RUNNING', cpu: 4, tags: ['a', 'b'], none: null },
};

describe('matchesPattern', () => {
  it.each<[EventPattern, matches: boolean]>([
    [{ source: ['aws.ec2'] }, true],
    [{ source: ['aws.s3', 'aws.ec2'], detail: { state: ['RUNNING'] } }, true],
    [{ source: ['aws.ec2'], detail: { state: ['stopped'] } }, false],
    [{ source: ['AWS.EC2'] }, false],
    [{ detail: { cpu: [4] } }, true],
    [{ detail: { cpu: ['4'] } }, false],
    [{ detail: { none: [null] } }, true],
    [{ detail: { tags: ['b'] } }, true],
    [{ detail: { missing: ['x'] } }, false],
    [{ detail: { deep: { deeper: ['x'] } } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { state: [{ exists: true }] } }, true],
    [{ detail: [{ exists: true }] }, false],
    [{ region: [{ prefix: 'us-' }] }, true],
    [{ region: [{ prefix: { 'equals-ignore-case': 'US-' } }] }, true],
    [{ region: [{ suffix: '-1' }] }, true],
    [{ detail: { state: [{ 'equals-ignore-case': 'running' }] } }, true],
    [{ resources: [{ wildcard: 'arn:*:instance/*' }] }, true],
    [{ resources: [{ wildcard: 'arn:*instance' }] }, false],
    [{ detail: { state: [{ 'anything-but': 'stopped' }] } }, true],
    [{ detail: { state: [{ 'anything-but': ['RUNNING', 'stopped'] }] } }, false],
    [{ detail: { state: [{ 'anything-but': { prefix: 'RUN' } }] } }, false],
    [{ detail: { missing: [{ 'anything-but': 'x' }] } }, false],
    [{ detail: { cpu: [{ numeric: ['>', 0, '<=', 4] }] } }, true],
    [{ detail: { cpu: [{ numeric: ['>', 4] }] } }, false],
    [{ $or: [{ source: ['aws.s3'] }, { region: ['us-east-1'] }] }, true],
  ])('%j: %s', (pattern, matches) => {
    expect(matchesPattern(pattern, event)).toBe(matches);
  });

  it('says so where an operator is not played', () => {
    expect(() => matchesPattern({ region: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow(/cidr/);
  });
});

describe('inputFor', () => {
  const paths = {
    instance: '$.detail.instance-id',
    state: '$.detail.state',
    cpu: '$.detail.cpu',
    missing: '$.detail.nowhere.at.all',
  };
  const transformed = (InputTemplate: string) =>
    inputFor({ InputTransformer: { InputPathsMap: paths, InputTemplate } }, event);

  it.each([
    ['{"myInstance": <instance>, "cpu": <cpu>}', { myInstance: 'i-0123456789', cpu: 4 }],
    [
      '{"status": "<instance> is in state \\"<state>\\""}',
      { status: 'i-0123456789 is in state "RUNNING"' },
    ],
    ['"<instance> is in state <state>"', 'i-0123456789 is in state RUNNING'],
    ['{"a": <missing>, "b": <undefined>}', { a: '', b: '' }],
  ])('fills in %s', (template, expected) => {
    expect(transformed(template)).toEqual(expected);
  });

  it('fails where that makes no JSON', () => {
    expect(() => transformed('{"a": <instance>')).toThrow(/expected JSON/);
  });

  it('hands over the event, a part of it, or a constant', () => {
    expect(inputFor(undefined, event)).toBe(event);
    expect(inputFor({ InputPath: '$.detail.tags[1]' }, event)).toBe('b');
    expect(inputFor({ Input: '{"a":1}' }, event)).toEqual({ a: 1 });
  });
});

describe('createEventBridge', () => {
  const received: unknown[] = [];
  const rule = {
    name: 'Running',
    busName: 'machines',
    eventPattern: { 'detail-type': ['State'] },
    targets: [{ invoke: async (input: unknown) => received.push(input) }],
  };
  const eventBridge = createEventBridge([rule], () => Date.UTC(2026, 0, 15, 12, 0, 0, 123));
  const entry = { EventBusName: 'machines', Source: 'us', DetailType: 'State', Detail: '{"a":1}' };

  it('hands an event of the pattern to the targets, in its envelope', async () => {
    expect(await eventBridge.put(entry)).toEqual([{ rule: 'Running', answer: 1 }]);
    expect(received).toEqual([
      expect.objectContaining({
        'detail-type': 'State',
        source: 'us',
        time: '2026-01-15T12:00:00Z',
        detail: { a: 1 },
      }),
    ]);
  });

  it('leaves events of another bus and of another pattern', async () => {
    expect(await eventBridge.put({ ...entry, EventBusName: 'others' })).toEqual([]);
    expect(await eventBridge.put({ ...entry, DetailType: 'Other' })).toEqual([]);
  });

  it.each([{ Source: '' }, { DetailType: '' }, { Detail: 'text' }, { Detail: '[]' }])(
    'refuses an entry with %j',
    async (part) => {
      await expect(eventBridge.put({ ...entry, ...part })).rejects.toThrow(/^PutEvents: /);
    },
  );

  it('tells of a target that failed', async () => {
    const invoke = () => Promise.reject(new Error('no'));
    const failing = createEventBridge([{ ...rule, targets: [{ invoke }] }], Date.now);

    expect(await failing.put(entry)).toEqual([{ rule: 'Running', error: new Error('no') }]);
  });

  it('leaves what a target could not be invoked with on the rule’s dead-letter queue', async () => {
    const letters: DeadLetter[] = [];
    const counts: string[][] = [];
    const deadLetters = [
      async (letter: DeadLetter) => letters.push(letter),
      () => Promise.reject(new Error('denied')),
    ];
    const targets = deadLetters.map((deadLetter) => ({
      invoke: () => Promise.reject(new Error('the target’s own')),
      deadLetter,
    }));
    const failing = createEventBridge([{ ...rule, targets }], Date.now, ({ name }, metric) =>
      counts.push([name, metric]),
    );

    await failing.put(entry);
    expect(counts).toEqual([]);
    failing.setFault('NO_PERMISSIONS');
    await failing.put(entry);

    expect(counts).toEqual([
      ['Running', 'InvocationsSentToDlq'],
      ['Running', 'InvocationsFailedToBeSentToDlq'],
    ]);
    expect(letters).toEqual([
      {
        body: expect.stringContaining('"detail":{"a":1}'),
        attributes: {
          RULE_ARN: expect.stringMatching(/:rule\/machines\/Running$/),
          ERROR_MESSAGE: expect.stringContaining('NO_PERMISSIONS'),
        },
      },
    ]);
  });

  it('sets off what has a schedule, by name', async () => {
    const { targets } = rule;
    const { scheduled, runSchedule } = createEventBridge(
      [rule, { name: 'EveryMinute', busName: 'default', targets }],
      Date.now,
    );

    expect(scheduled).toEqual(['EveryMinute']);
    await runSchedule('EveryMinute');
    expect(received.at(-1)).toMatchObject({ 'detail-type': 'Scheduled Event', detail: {} });
    await expect(runSchedule('Running')).rejects.toThrow(/no Running/);
  });
});

describe('startEventBridgeApi', () => {
  const received: unknown[] = [];
  const rule: Rule = {
    name: 'Running',
    busName: 'machines',
    eventPattern: { 'detail-type': ['State'] },
    targets: [{ invoke: async (input) => received.push(input) }],
  };
  let api: EventBridgeApi;
  let client: EventBridgeClient;

  beforeAll(async () => {
    api = await startEventBridgeApi(createEventBridge([rule], Date.now));
    client = new EventBridgeClient({ endpoint: api.endpoint, region, credentials });
  });
  afterAll(async () => {
    client.destroy();
    await api.close();
  });

  it("takes events from AWS's own client, and says which it refuses", async () => {
    const sound = {
      EventBusName: 'machines',
      Source: 'us',
      DetailType: 'State',
      Detail: '{"a":1}',
    };

    const answer = await client.send(
      new PutEventsCommand({ Entries: [sound, { ...sound, Detail: '[]' }] }),
    );

    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
    });
    expect(received).toEqual([expect.objectContaining({ detail: { a: 1 } })]);
  });

  it('lists the rules of a bus', async () => {
    const listed = async (EventBusName: string) =>
      (await client.send(new ListRulesCommand({ EventBusName }))).Rules;

    expect(await listed('machines')).toEqual([
      { Name: 'Running', EventBusName: 'machines', State: 'ENABLED' },
    ]);
    expect(await listed('others')).toEqual([]);
  });
});
