import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { inTurn, onRoute } from '../../stand-ins/superoffice/faults.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';

const [router, ann] = [7, 8] as const;
const hour = 3_600_000;

const tenantOnClock = () => {
  const clock = { at: Date.UTC(2026, 0, 15, 12) };
  return { clock, tenant: createTenant({ now: () => clock.at }) };
};

describe('createTenant', () => {
  it('lets the owner take a question back, whom then nobody can accept', () => {
    const { tenant } = tenantOnClock();
    tenant.transferTo(router, 648, 'ann');

    expect(tenant.cancel(648, ann)).toMatchObject({ TransferTo: { AssociateId: ann } });
    expect(tenant.cancel(648)).toMatchObject({ User: { AssociateId: router }, TransferTo: null });
    expect(tenant.accept(648, ann)).toMatchObject({ User: { AssociateId: router } });
    expect(tenant.history.map(({ applied }) => applied)).toEqual([true, false, true, false]);
  });

  it.each([
    ['offered', 654],
    ['somebody else’s', 650],
    ['a chatbot’s', 652],
  ])('puts a session back into the queue, also one that is %s', (_, id) => {
    const { tenant } = tenantOnClock();

    expect(tenant.reset(router, id)).toMatchObject({
      Status: 'InQueue',
      User: null,
      TransferTo: null,
      ChatbotIsActive: false,
      WhenStarted: '0001-01-01T00:00:00',
    });
    expect(tenant.pickup(ann, id)).toMatchObject({ User: { AssociateId: ann } });
  });

  it('puts none back that has ended, nor one it does not know', () => {
    const { tenant } = tenantOnClock();

    expect(tenant.reset(router, 653)).toMatchObject({ Status: 'Closed' });
    expect(tenant.reset(router, 404_404)).toBeNull();
    expect(tenant.history.map(({ applied }) => applied)).toEqual([false, false]);
  });

  it('lets a customer take up again what has ended, at another time', () => {
    const { clock, tenant } = tenantOnClock();
    tenant.close(648);
    clock.at += hour;

    expect(tenant.reopen(648)).toMatchObject({
      Status: 'CustomerLast',
      User: { AssociateId: router },
      WhenStarted: '2026-01-15T14:00:00',
      WhenEnded: '0001-01-01T00:00:00',
    });
    expect(tenant.reopen(648)).not.toBeNull();
    expect(tenant.history.map(({ applied }) => applied)).toEqual([true, true, false]);
  });
});

describe('startSuperOffice', () => {
  let standIn: SuperOfficeStandIn;

  beforeAll(async () => {
    standIn = await startSuperOffice();
  });
  afterAll(() => standIn.close());

  const call = (path: string, method = 'POST') =>
    fetch(`${standIn.webApiUrl}/v1/ChatSession/${path}`, {
      method,
      headers: {
        authorization: `SOTicket ${standIn.tenant.issueTicket('router')}`,
        'so-apptoken': appToken,
      },
    });

  it('puts a session back into the queue by POST alone', async () => {
    expect((await call('648/Reset', 'GET')).status).toBe(405);
    expect(await (await call('648/Reset')).json()).toMatchObject({ Status: 'InQueue', User: null });
    expect(standIn.calls.at(-1)).toMatchObject({ route: 'reset', chatSessionId: 648 });
  });

  it('can lose the answer of a pick-up and of a reset that took', async () => {
    const lost = { kind: 'apply-then', fault: { kind: 'reset' } } as const;

    standIn.setFault(onRoute('pickup', inTurn(lost)));
    await expect(call('651/Pickup')).rejects.toThrow('fetch failed');
    expect(standIn.tenant.peek(651)).toMatchObject({ owner: router, status: 'UserLast' });
    expect(await (await call('651/Pickup')).text()).toBe('null');

    standIn.setFault(onRoute('reset', inTurn(lost)));
    await expect(call('651/Reset')).rejects.toThrow('fetch failed');
    expect(standIn.tenant.peek(651)).toMatchObject({ owner: null, status: 'InQueue' });
  });
});
