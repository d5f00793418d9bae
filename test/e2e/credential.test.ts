import { describe, expect, it } from '@jest/globals';
import { inOneBatch } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const start = deployments();
const event = (chatSessionId: number) => ({ chatSessionId, toAssociate: 'ann' });
const chats = [640, 641, 642, 643, 644, 645, 646, 647, 648, 649];
const pending = { outcome: 'transfer-pending' };

const statuses = ({ superOffice }: Deployed) => superOffice.calls.map(({ status }) => status);
const putSecret = ({ deployment }: Deployed, secret: object) =>
  deployment.secretsManager.put(deployment.ticketSecretArn, JSON.stringify(secret));

async function expectAllPending(stack: Deployed, ids: string[]) {
  for (const id of ids) expect(await stack.result(id)).toMatchObject(pending);
}

describe('a refresh token', () => {
  it('lasts while its access tokens end in the middle: no event fails, none comes again', async () => {
    const stack = await start({
      credential: 'refresh-token',
      accessTokenSeconds: 1,
      environment: { CALL_SPACING_MS: '120' },
    });

    const { ids, left } = await inOneBatch(stack, chats.map(event));

    expect(left).toEqual([]);
    await expectAllPending(stack, ids);
    expect(stack.loginService?.calls.length).toBeGreaterThan(1);
  });

  it('is used for another access token ahead of the end of one: no call is refused', async () => {
    const stack = await start({ credential: 'refresh-token', accessTokenSeconds: 60 });
    const first = await inOneBatch(stack, [event(640)]);
    stack.setClock(40_001);

    const second = await inOneBatch(stack, [event(641)]);

    await expectAllPending(stack, [...first.ids, ...second.ids]);
    expect(statuses(stack)).toEqual([200, 200]);
    expect(stack.loginService?.calls).toHaveLength(2);
  });

  it('gives another access token where one is refused ahead of its end', async () => {
    const stack = await start({
      credential: 'refresh-token',
      environment: { CALL_SPACING_MS: '20' },
    });
    stack.superOffice.setFault(({ number }) => {
      if (number === 5) stack.superOffice.tenant.expireTickets();
      return undefined;
    });

    const { ids, left } = await inOneBatch(stack, chats.map(event));

    expect(left).toEqual([]);
    await expectAllPending(stack, ids);
    expect(statuses(stack)).toContain(401);
    expect(stack.loginService?.calls).toHaveLength(2);
  });

  it('whose consent was withdrawn is told in words, until another one takes its place', async () => {
    const stack = await start({ credential: 'refresh-token', cold: true });
    stack.loginService?.revoke();
    await stack.warm();

    // One event at a time, and so one sandbox: another would not know that nothing was applied.
    const [expiring] = await stack.send([{ ...event(640), expiresInSeconds: 2 }]);
    expect(await stack.result(expiring)).toMatchObject({
      outcome: 'expired',
      error: {
        code: 'ticket-unavailable',
        message: expect.stringMatching(/refused the refresh token: .*\(invalid_grant\)/),
      },
    });
    await until('the count', () => stack.logs.some((line) => line.includes('"TicketRefused":1')));

    const [id] = await stack.send([event(641)]);
    await until('a retry', () => stack.linesOf(id).some(({ outcome }) => outcome === 'retry'));
    putSecret(stack, stack.loginService?.consent('router') ?? {});
    expect(await stack.result(id)).toMatchObject(pending);
  });

  it('survives a login service that is down, and another refresh token in an answer', async () => {
    const stack = await start({ credential: 'refresh-token', cold: true });
    let asked = 0;
    stack.loginService?.giveOtherRefreshTokens();
    stack.loginService?.setFault(() => {
      asked += 1;
      return asked === 1 ? { kind: 'status', status: 503, body: '<html>down</html>' } : undefined;
    });
    await stack.warm();

    const ids = await stack.send([event(640)]);
    await until('a retry', () => stack.linesOf(ids[0]).some(({ outcome }) => outcome === 'retry'));
    stack.setClock(10_001);

    expect(await stack.result(ids[0])).toMatchObject(pending);
    await until('the count', () =>
      stack.logs.some((line) => line.includes('"OtherRefreshToken":1')),
    );
  });
});

describe('a system user', () => {
  it('gets another ticket when its own dies in the middle, once: no event fails, none is lost', async () => {
    const stack = await start({
      credential: 'system-user',
      environment: { CALL_SPACING_MS: '20' },
    });
    const readsBefore = stack.deployment.secretsManager.reads;
    stack.superOffice.setFault(({ number }) => {
      if (number === 5) stack.superOffice.tenant.expireTickets();
      return undefined;
    });

    const { ids } = await inOneBatch(stack, chats.map(event));
    await expectAllPending(stack, ids);
    expect(stack.loginService?.calls).toEqual([
      { path: '/Login/api/PartnerSystemUser/Authenticate', status: 200 },
    ]);
    expect(stack.deployment.secretsManager.reads).toBeGreaterThan(readsBefore);
  });
});
