import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAws } from '../../cli/doctor/aws.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { web } from '../../cli/doctor/web.ts';
import { variablesFor } from '../../local/stack/variables-for-clients.ts';
import {
  type Break,
  type Breakable,
  breakable,
  breaks,
  ofSystemUser,
  silence,
} from '../support/alarm-breaks.ts';
import { alarmStates, isRaised, wholeContext } from '../support/alarm-states.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const withinMs = 8_000;

type Alarms = Awaited<ReturnType<typeof alarmStates>>;

describe('the alarms, of a deployment on this machine', () => {
  const start = deployments();
  const before = { ...process.env };
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  let stack: Breakable;
  let withSystemUser: Breakable;

  beforeAll(async () => {
    const [whole, other] = await Promise.all([
      start({ mayDie: true, context: wholeContext }),
      start({ credential: 'system-user', cold: true }),
    ]);
    stack = breakable(whole);
    withSystemUser = breakable(other);
  });
  afterAll(() => {
    process.env = before;
  });

  function statesOf(of: Breakable, options: { since: number; now: () => number }) {
    Object.assign(process.env, variablesFor(of.deployment));
    return alarmStates(of, options);
  }

  async function examined(of: Breakable, alarms: Alarms, now: () => number): Promise<Finding[]> {
    const aws = { ...createAws(now), alarms: async () => alarms };
    const findings: Finding[] = [];
    const looking = examine(of.deployment.stackName, { aws, web, now });
    for await (const finding of looking) findings.push(finding);
    return findings;
  }

  it('TicketNotWatched is raised by silence, and doctor says so', () => broken(silence, stack));

  it('are all broken here', async () => {
    const options = { since: Date.now(), now: Date.now };
    const of = async (deployed: Breakable) =>
      (await statesOf(deployed, options)).map(({ name }) => name);

    expect(new Set([...(await of(stack)), ...(await of(withSystemUser))])).toEqual(
      new Set([silence, ...breaks, ofSystemUser].map(({ alarm }) => alarm)),
    );
  });

  it('none is raised while all is well', async () => {
    const { deployment, sendMany, addSession, result } = stack;
    const since = Date.now();
    const [id] = await sendMany(1, () => ({ chatSessionId: addSession() }));
    const keepCredential = deployment.functionBy('KeepCredentialFunctionName');
    await Promise.all([result(id), keepCredential.invoke({})]);

    const states = await statesOf(stack, { since, now: Date.now });

    expect(states.filter(isRaised)).toEqual([]);
  });

  it.each(breaks)('$alarm is raised by what it watches, and doctor says so', (one) =>
    broken(one, stack),
  );

  it('TicketNotMinted is, where there is a system user, and doctor says so', () =>
    broken(ofSystemUser, withSystemUser));

  async function broken(
    { alarm, breakIt, found, mend, laterMs = 0 }: Break,
    deployed: Breakable,
  ): Promise<void> {
    const since = Date.now();
    const now = () => Date.now() + laterMs;
    const raised = async () =>
      (await statesOf(deployed, { since, now })).find(
        (state) => state.name === alarm && isRaised(state),
      );
    try {
      await breakIt(deployed);
      const state = await until(alarm, raised, withinMs);
      const wrong = (await examined(deployed, [state], now)).filter(({ ok }) => !ok);

      const [, section = ''] = /Then: docs\/runbook\.md#(.*)$/.exec(state.description) ?? [];
      expect(runbook.toLowerCase().split('\n')).toContain(`## ${section}`);
      const todo = `See docs/runbook.md#${section}.`;
      expect(wrong).toContainEqual(expect.objectContaining({ what: 'alarm', todo }));
      if (found) expect(wrong).toContainEqual(expect.objectContaining(found));
    } finally {
      mend?.(deployed);
    }
  }
});
