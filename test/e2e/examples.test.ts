import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { resultsIn, startExample } from '../support/local-run.ts';

// Each is synthesized, which may take a while beside other tests.
jest.setTimeout(120_000);

type Ended = Awaited<ReturnType<typeof startExample>['ended']>;

const outcomesIn = ({ stdout }: Ended) =>
  resultsIn(stdout)
    .map(({ source, outcome, cause }) => [source, outcome, cause].filter(Boolean).join(' '))
    .sort();

describe('npm run example', () => {
  let routingRule: Ended;
  let escalation: Ended;
  let rebalancing: Ended;
  let unknown: Ended;

  beforeAll(async () => {
    // Side by side: they mostly wait.
    [routingRule, escalation, rebalancing, unknown] = await Promise.all([
      startExample(['routing-rule', '--once']).ended,
      startExample(['escalation', '--once']).ended,
      startExample(['rebalancing'], 'rebalance\nrule {"DetailType":"x"}\nquit\n').ended,
      startExample(['nonsense']).ended,
    ]);
  });

  it('has a business event move a chat, and the second choice asked where that did nothing', () => {
    expect(routingRule.stderr).not.toContain('Wrong');
    expect(outcomesIn(routingRule)).toEqual([
      'routing-rule:second-choice transfer-pending',
      'routing-rule:vip not-applied unclear',
      'routing-rule:vip transfer-pending',
    ]);
    expect(routingRule.exitCode).toBe(0);
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

  it('has a schedule move what is beyond the limit, and then nothing more', () => {
    expect(rebalancing.stderr).not.toContain('Wrong');
    expect(outcomesIn(rebalancing)).toEqual(
      Array.from({ length: 2 }, () => 'rebalancing transfer-pending'),
    );
  });

  it('takes commands at the prompt once it has been played', () => {
    expect(rebalancing.exitCode).toBe(0);
    expect(rebalancing.stderr).toMatch(/(RebalanceEveryMinute\w+: 0 sent\.\n.*){2}expected a bus/s);
  });

  it('says which examples there are', () => {
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('found "nonsense"');
    expect(unknown.stderr).toContain('NAME is routing-rule, escalation, rebalancing');
  });
});
