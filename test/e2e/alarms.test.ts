import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAws } from '../../cli/doctor/aws.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { web } from '../../cli/doctor/web.ts';
import { variablesFor } from '../../local/stack/variables-for-clients.ts';
import { type Break, type Breakable, breakable, breaks, silence } from '../support/alarm-breaks.ts';
import { alarmStates, isRaised, wholeContext } from '../support/alarm-states.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const withinMs = 8_000;

/** What cannot be broken here: only AWS measures it, or it is another deployment's. */
const notHere =
  /^(FunctionThrottled|TicketNotKeptAlive|IntakeDeadLetterErrors|IntakeRule\w+|TicketNotMinted)$/;

type Alarms = Awaited<ReturnType<typeof alarmStates>>;

describe('the alarms, of a deployment on this machine', () => {
  const start = deployments();
  const before = { ...process.env };
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  let stack: Breakable;

  beforeAll(async () => {
    stack = breakable(await start({ mayDie: true, context: wholeContext }));
    Object.assign(process.env, variablesFor(stack.deployment));
  });
  afterAll(() => {
    process.env = before;
  });

  async function examined(alarms: Alarms, now: () => number): Promise<Finding[]> {
    const aws = { ...createAws(now), alarms: async () => alarms };
    const findings: Finding[] = [];
    const looking = examine(stack.deployment.stackName, { aws, web, now });
    for await (const finding of looking) findings.push(finding);
    return findings;
  }

  it('TicketNotWatched is raised by silence, and doctor says so', () => broken(silence));

  it('are all broken here but those that cannot be', async () => {
    const names = [silence, ...breaks].map(({ alarm }) => alarm);
    const all = await alarmStates(stack, { since: Date.now(), now: Date.now });

    expect(new Set(all.map(({ name }) => name).filter((name) => !notHere.test(name)))).toEqual(
      new Set(names),
    );
  });

  it('none is raised while all is well', async () => {
    const { deployment, sendMany, addSession, result } = stack;
    const since = Date.now();
    const [id] = await sendMany(1, () => ({ chatSessionId: addSession() }));
    const keepCredential = deployment.functionBy('KeepCredentialFunctionName');
    await Promise.all([result(id), keepCredential.invoke({})]);

    const states = await alarmStates(stack, { since, now: Date.now });

    expect(states.filter(isRaised)).toEqual([]);
  });

  it.each(breaks)('$alarm is raised by what it watches, and doctor says so', broken);

  async function broken({ alarm, breakIt, found, mend, laterMs = 0 }: Break) {
    const since = Date.now();
    const now = () => Date.now() + laterMs;
    const raised = async () =>
      (await alarmStates(stack, { since, now })).find(
        (state) => state.name === alarm && isRaised(state),
      );
    try {
      await breakIt(stack);
      const state = await until(alarm, raised, withinMs);
      const wrong = (await examined([state], now)).filter(({ ok }) => !ok);

      const [, section = ''] = /Then: docs\/runbook\.md#(.*)$/.exec(state.description) ?? [];
      expect(runbook.toLowerCase().split('\n')).toContain(`## ${section}`);
      const todo = `See docs/runbook.md#${section}.`;
      expect(wrong).toContainEqual(expect.objectContaining({ what: 'alarm', todo }));
      if (found) expect(wrong).toContainEqual(expect.objectContaining(found));
    } finally {
      mend?.(stack);
    }
  }
});
