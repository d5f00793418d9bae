import { describe, expect, it } from '@jest/globals';
import { always, createRandom } from '../../stand-ins/superoffice/faults.ts';
import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

/** What SuperOffice allows a tenant, in any second, wherever that second begins. */
const allowed = 10;
const misdirected = { kind: 'status', status: 421, body: 'empty' } as const;

/** From cold, at the stack's own pace, over connections as slow as the default allows for. */
const deployment = { cold: true, paced: true, connectionSetUpMs: 300 };

/** More events than there is time for, each of its own chat. */
async function sendBacklog({ superOffice, send }: Deployed) {
  const chats = [...Array(80)].map(() => superOffice.tenant.addSession());
  for (let at = 0; at < chats.length; at += 10) {
    const batch = chats.slice(at, at + 10);
    await send(batch.map((chatSessionId) => ({ chatSessionId, toAssociate: 'ann' })));
  }
}

const arrivalsOf = ({ superOffice }: Deployed) => superOffice.calls.map(({ at }) => at);
const arrived = (stack: Deployed, count: number) =>
  until(`${count} calls`, () => arrivalsOf(stack).length >= count);

describe('SuperOffice is called at most ten times in any second, as calls arrive there', () => {
  const start = deployments();

  it.concurrent('while connections and answers take their time, a sandbox dies, and the ticket is kept alive', async () => {
    const random = createRandom(1);
    const stack = await start({ ...deployment, mayDie: true });
    stack.superOffice.setFault(({ number }) => ({
      kind: 'delay',
      delayMs: random() * 1000,
      ...(number % 12 === 0 && { next: misdirected }),
    }));

    await sendBacklog(stack);
    await arrived(stack, 9);
    // Where it meets a 421, Lambda would try again.
    const keepCredential = stack.deployment.functionBy('KeepCredentialFunctionName');
    await keepCredential.invoke({}).catch(() => undefined);
    await arrived(stack, 20);
    stack.deployment.routeChat.killOne();
    await arrived(stack, 45);

    expect(stack.superOffice.calls.map(({ route }) => route)).toContain('principal');
    expect(mostCallsInASecond(arrivalsOf(stack))).toBeLessThanOrEqual(allowed);
  });

  it.concurrent('while it answers 421 to every call', async () => {
    const stack = await start(deployment);
    stack.superOffice.setFault(always(misdirected));

    await sendBacklog(stack);
    await arrived(stack, 24);

    expect(mostCallsInASecond(arrivalsOf(stack))).toBeLessThanOrEqual(allowed);
  });
});
