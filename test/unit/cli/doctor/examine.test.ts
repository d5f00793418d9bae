import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../../../cli/command-line/input-error.ts';
import type { Aws } from '../../../../cli/doctor/aws.ts';
import { examine } from '../../../../cli/doctor/examine.ts';
import type { Finding } from '../../../../cli/doctor/finding.ts';
import type { Web } from '../../../../cli/doctor/web.ts';

const outputs = {
  EventQueueUrl: 'https://sqs/1/events.fifo',
  ResultQueueUrl: 'https://sqs/1/results.fifo',
  DeadLetterQueueUrl: 'https://sqs/1/dead.fifo',
  FunctionName: 'route-chat',
  SecondLookFunctionName: 'second-look',
  KeepCredentialFunctionName: 'keeper',
  EventBusName: 'bus',
  HttpIntakeUrl: 'https://intake',
};

/** A deployment where all is well; `given` is not. */
async function findingsOf(given: Partial<Aws> = {}): Promise<Finding[]> {
  const aws: Aws = {
    stack: async () => ({ status: 'CREATE_COMPLETE', outputs: new Map(Object.entries(outputs)) }),
    alarms: async () => [],
    subscriptions: async () => [],
    mappings: async () => [{ state: 'Enabled', maximumConcurrency: 2, provisioned: false }],
    unreservedConcurrency: async () => 1000,
    variables: async () => ({
      TENANT_STATE_URL: 'https://state',
      EVENT_TIME_TO_LIVE_SECONDS: '300',
      POWERTOOLS_SERVICE_NAME: 'service',
    }),
    invoke: async () => ({ answer: null }),
    messages: async () => 0,
    metrics: async (metrics) => metrics.map(() => 0),
    rules: async () => [{ name: 'rule', state: 'ENABLED' }],
    ...given,
  };
  const web: Web = {
    tenantState: async (url) => ({ isRunning: true, says: url }),
    answerToForged: async () => 401,
  };
  const findings: Finding[] = [];
  for await (const one of examine('RouteChat-dev', { aws, web, now: () => 0 })) findings.push(one);
  return findings;
}

const denied = () => Promise.reject(new InputError('AWS: these credentials may not.'));

describe('examine', () => {
  it('looks from top to bottom', async () => {
    const findings = await findingsOf();

    expect(findings.map(({ what }) => what)).toEqual([
      'stack',
      'alarm mail',
      'event source mapping',
      'second look',
      'account',
      'credential',
      'tenant',
      'Event queue',
      'Result queue',
      'Dead letter queue',
      'results, last hour',
      'alarms',
      'bus',
      'HTTP intake',
    ]);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each<[keyof Aws, string[]]>([
    ['alarms', ['alarm mail', 'alarms']],
    ['mappings', ['event source mapping', 'second look']],
    ['unreservedConcurrency', ['account']],
    [
      'variables',
      ['tenant', 'EventQueueUrl', 'ResultQueueUrl', 'DeadLetterQueueUrl', 'results, last hour'],
    ],
    ['invoke', ['credential']],
    ['messages', ['EventQueueUrl', 'ResultQueueUrl', 'DeadLetterQueueUrl']],
    ['metrics', ['results, last hour']],
    ['rules', ['bus']],
  ])('goes on where it may not ask for %s', async (call, whats) => {
    const findings = await findingsOf({ [call]: denied });

    const bad = findings.filter(({ ok }) => !ok);
    expect(bad.map(({ what }) => what)).toEqual(whats);
    for (const { says } of bad) expect(says).toBe('AWS: these credentials may not.');
    expect(findings.length).toBeGreaterThanOrEqual(14);
  });

  it('looks no further where the stack does not say which function it is', async () => {
    const findings = await findingsOf({
      stack: async () => ({ status: 'CREATE_COMPLETE', outputs: new Map() }),
    });

    expect(findings).toMatchObject([
      { what: 'stack', ok: true },
      { what: 'outputs', ok: false, todo: expect.stringContaining('routeChat.addOutputs()') },
    ]);
  });

  it('asks how old the oldest message is only where there is one', async () => {
    const asked: string[] = [];
    const findings = await findingsOf({
      messages: async (queueUrl) => (queueUrl.includes('events') ? 2 : 0),
      metrics: async (metrics) => {
        asked.push(...metrics.map(({ Dimensions = [] }) => String(Dimensions[0]?.Value)));
        return metrics.map(() => 301);
      },
    });

    expect(asked.filter((value) => value !== 'service')).toEqual(['events.fifo']);
    expect(findings.find(({ what }) => what === 'Event queue')).toMatchObject({ ok: false });
  });

  it('asks each topic that the stack’s own alarms go to once', async () => {
    const asked: string[] = [];
    const alarm = {
      name: '',
      state: 'OK',
      description: 'RouteChat-dev: Chats wait.',
      onSilence: false,
      changedAt: 0,
    };
    await findingsOf({
      alarms: async () => [
        { ...alarm, actions: ['arn:aws:sns:x:1:mail'] },
        { ...alarm, actions: ['arn:aws:sns:x:1:mail', 'arn:aws:lambda:x:1:function:f'] },
        { ...alarm, description: 'RouteChat-dev-2: Chats wait.', actions: ['arn:aws:sns:x:1:2'] },
        { ...alarm, description: 'Not ours.', actions: ['arn:aws:sns:x:1:3'] },
      ],
      subscriptions: async (topic) => {
        asked.push(topic);
        return [];
      },
    });

    expect(asked).toEqual(['arn:aws:sns:x:1:mail']);
  });
});
