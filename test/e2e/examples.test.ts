import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { standInTenant } from '../../local/stack/stand-in-credential.ts';
import { synthesize } from '../../local/stack/synthesize.ts';
import { readStack } from '../../local/stack/synthesized-stack.ts';
import { resultsIn, startExample } from '../support/local-run.ts';

// Each is synthesized, which may take a while beside other tests.
jest.setTimeout(120_000);

type Ended = Awaited<ReturnType<typeof startExample>['ended']>;

const outcomesIn = ({ stdout }: Ended) =>
  resultsIn(stdout)
    .map(({ source, outcome, cause }) => [source, outcome, cause].filter(Boolean).join(' '))
    .sort();

const sentAt = ({ stdout }: Ended) =>
  resultsIn(stdout)
    .map((result) => Date.parse(result.sentAt))
    .sort((one, other) => one - other);

/** What the function of an example may do, and with what: logical ids begin so. */
async function rightsOf(example: string, idPrefix: string): Promise<string[]> {
  // It has been synthesized: the same is taken again.
  const { resources } = readStack(await synthesize(standInTenant, { example }));
  type Statement = { Action: string[]; Resource: object };
  return Object.entries(resources)
    .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith(idPrefix))
    .flatMap(
      ([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
    )
    .map(({ Action, Resource }) => {
      const [id = ''] = Object.values(Resource).flat();
      return `${id.replace(/[0-9A-F]{8}$/, '')}: ${Action.map((each) => each.split(':')[1]).join()}`;
    });
}

/** A path that the mapping names is missing: whose customer it is. */
const ofNobody = JSON.stringify({
  Source: 'crm',
  DetailType: 'CustomerWaits',
  Detail: { segment: 'vip', topic: 3, chatSessionId: 645 },
});

describe('npm run example', () => {
  let routingRule: Ended;
  let escalation: Ended;
  let rebalancing: Ended;
  let unknown: Ended;

  beforeAll(async () => {
    // Side by side: they mostly wait.
    [routingRule, escalation, rebalancing, unknown] = await Promise.all([
      startExample(['routing-rule'], `rebalance\nrule {"DetailType":"x"}\nrule ${ofNobody}\n`)
        .ended,
      startExample(['escalation', '--once']).ended,
      startExample(['rebalancing', '--once']).ended,
      startExample(['nonsense']).ended,
    ]);
  });

  it('has a business event move a chat, and the second choice asked where that did nothing', () => {
    expect(routingRule.stderr).not.toContain('Wrong');
    expect(outcomesIn(routingRule)).toEqual([
      'routing-rule:second-choice transfer-pending',
      'routing-rule:vip invalid-event',
      'routing-rule:vip not-applied unclear',
      'routing-rule:vip transfer-pending',
    ]);
  });

  it('has what a script signals move a chat, and takes no request that is not signed', () => {
    expect(escalation.stderr).not.toContain('Wrong');
    expect(resultsIn(escalation.stdout)).toEqual([
      expect.objectContaining({
        source: 'escalation:keyword',
        outcome: 'transfer-pending',
        ignoredFields: [],
      }),
    ]);
    expect(escalation.exitCode).toBe(0);
  });

  it('has a schedule move what is beyond the limit, and give way to what was asked for by others', () => {
    expect(rebalancing.stderr).not.toContain('Wrong');
    const gaveWay = 'rebalancing not-applied other-transfer-pending';
    const moved = 'rebalancing transfer-pending';
    expect(outcomesIn(rebalancing)).toEqual([gaveWay, gaveWay, moved, moved]);
    expect(rebalancing.exitCode).toBe(0);
    // One and a half a second, so that others pass.
    const [first = 0, second = 0] = sentAt(rebalancing);
    expect(second - first).toBeGreaterThan(600);
  });

  it('gives its functions the rights they use', async () => {
    const send = 'RouteChatQueuesEventQueue: GetQueueAttributes,GetQueueUrl,SendMessage';

    expect(await rightsOf('routing-rule', 'OnResult')).toEqual([
      'RouteChatQueuesSourceroutingruleResultQueue: DeleteMessage,GetQueueAttributes,ReceiveMessage',
      send,
    ]);
    expect(await rightsOf('rebalancing', 'Rebalance')).toEqual([
      send,
      'RouteChatTicketSecret: DescribeSecret,GetSecretValue',
    ]);
  });

  it('takes commands at the prompt once it has been played', () => {
    expect(routingRule.exitCode).toBe(0);
    expect(routingRule.stderr).toMatch(
      /Nothing rebalances.*\nPutEvents: .*required.*\n[\w-]+VipWaits[\w-]+: 1 sent/,
    );
  });

  it('says which examples there are', () => {
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('found "nonsense"');
    expect(unknown.stderr).toContain('NAME is routing-rule, escalation, rebalancing');
  });
});
