import { describe, expect, it } from '@jest/globals';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { createRandom, everyNth, rate } from '../../stand-ins/superoffice/faults.ts';
import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';

const [router, ann, ben, cho] = [7, 8, 9, 10] as const;
const hour = 3_600_000;

const tenantOnClock = (answers = {}) => {
  const clock = { at: Date.UTC(2026, 0, 15, 12) };
  return { clock, tenant: createTenant({ now: () => clock.at, answers }) };
};

describe('createTenant', () => {
  it('row 22: has a session of every kind', () => {
    const { tenant } = tenantOnClock();

    expect(tenant.peek(648)).toMatchObject({ owner: router, pending: null });
    expect(tenant.peek(649)).toMatchObject({ owner: router, pending: null });
    expect(tenant.peek(650)).toMatchObject({ owner: ben });
    expect(tenant.peek(651)).toMatchObject({ owner: null, status: 'InQueue' });
    expect(tenant.peek(652)).toMatchObject({ owner: null, chatbotIsActive: true });
    expect(tenant.peek(653)).toMatchObject({ owner: router, status: 'Closed' });
    expect(tenant.peek(654)).toMatchObject({ owner: router, pending: cho });
    expect(tenant.peek(655)).toMatchObject({ status: 'Finished' });
  });

  it('adds any number of further sessions', () => {
    const { tenant } = tenantOnClock();

    const ids = Array.from({ length: 500 }, () => tenant.addSession({ owner: ann }));

    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => tenant.peek(id)?.owner === ann)).toBe(true);
  });

  it('row 3: a transfer by the owner is pending; User and Status stay', () => {
    const { tenant } = tenantOnClock();

    const entity = tenant.transferTo(router, 648, 'ann');

    expect(entity).toMatchObject({ Status: 'CustomerLast', User: { AssociateId: router } });
    expect(entity?.TransferTo).toMatchObject({ AssociateId: ann, EjUserId: 108, Name: 'ann' });
    expect(Object.keys(entity?.TransferTo ?? {})).toHaveLength(16);
  });

  it.each([
    ['another associate', 650],
    ['nobody yet', 651],
    ['a chatbot', 652],
    ['the caller, but is closed', 653],
    ['the caller, but is finished', 655],
  ])('row 4: nothing happens to a session that belongs to %s', (_, id) => {
    const { tenant } = tenantOnClock();
    const before = tenant.get(id);

    const entity = tenant.transferTo(router, id, 'ann');

    expect(entity).toEqual(before);
    expect(tenant.history).toMatchObject([{ sessionId: id, applied: false }]);
  });

  it('row 5: a repeat changes nothing, another target replaces the pending one', () => {
    const { tenant } = tenantOnClock();

    tenant.transferTo(router, 648, 'ann');
    tenant.transferTo(router, 648, '8');
    const entity = tenant.transferTo(router, 648, 'cho');

    expect(entity?.TransferTo).toMatchObject({ AssociateId: cho });
    expect(tenant.history.map(({ applied }) => applied)).toEqual([true, false, true]);
  });

  it('row 6: after an accept the target owns it and the old owner moves nothing', () => {
    const { tenant } = tenantOnClock();
    tenant.transferTo(router, 648, 'ann');

    const accepted = tenant.accept(648);
    const late = tenant.transferTo(router, 648, 'ben');

    expect(accepted).toMatchObject({ User: { AssociateId: ann }, TransferTo: null });
    expect(late).toMatchObject({ User: { AssociateId: ann }, TransferTo: null });
  });

  it('row 7: after a reject the owner keeps it and special message 13 is written', () => {
    const { tenant } = tenantOnClock();

    const entity = tenant.reject(654);

    expect(entity).toMatchObject({ User: { AssociateId: router }, TransferTo: null });
    expect(tenant.peek(654)?.specialMessages).toEqual([13]);
    expect(tenant.accept(654)).toEqual(entity);
  });

  it.each([
    ['8', ann],
    ['ANN', ann],
    ['Ann.Fake@Stand-In.Example', ann],
    ['ben', ben],
    ['15', 15],
  ])('row 8: the target %s is found', (target, associateId) => {
    const { tenant } = tenantOnClock();

    expect(tenant.transferTo(router, 648, target)?.TransferTo?.AssociateId).toBe(associateId);
    expect(tenant.findAssociate('108')).toBeUndefined();
  });

  it('row 9: a session can be picked up from the queue once', () => {
    const { tenant } = tenantOnClock();

    expect(tenant.pickup(router, 651)).toMatchObject({ User: { AssociateId: router } });
    expect(tenant.pickup(ann, 651)).toBeNull();
  });

  it('rows 11 and 12: an unknown session is null, an unknown target changes nothing', () => {
    const { tenant } = tenantOnClock();

    expect(tenant.transferTo(router, 404_404, 'ann')).toBeNull();
    expect(tenant.transferTo(router, 648, 'nobody')?.TransferTo).toBeNull();
  });

  it('lets a manager move the sessions of others only where told so', () => {
    const may = tenantOnClock({ managersMoveOthers: true }).tenant;

    expect(may.transferTo(router, 650, 'ann')?.TransferTo?.AssociateId).toBe(ann);
    expect(may.transferTo(ann, 649, 'cho')?.TransferTo).toBeNull();
    expect(may.transferTo(router, 651, 'ann')?.TransferTo).toBeNull();
  });

  it('row 16: a ticket lives six hours after its last use, and several live at once', () => {
    const { clock, tenant } = tenantOnClock();
    const [used, idle] = [tenant.issueTicket('router'), tenant.issueTicket('router')];

    clock.at += 6 * hour - 1;
    expect(tenant.use('soticket', used)).toBe(router);
    clock.at += 1;
    expect(tenant.use('soticket', idle)).toBeUndefined();
    clock.at += 6 * hour - 2;
    expect(tenant.use('soticket', used)).toBe(router);
    clock.at += 6 * hour;
    expect(tenant.use('soticket', used)).toBeUndefined();
    clock.at -= 6 * hour;
    expect(tenant.use('soticket', used)).toBeUndefined();
  });

  it('row 16: tickets can be ended at once, and a bearer token lives an hour', () => {
    const { clock, tenant } = tenantOnClock();
    const bearer = tenant.issueBearer('ann');

    clock.at += hour - 1;
    expect(tenant.use('bearer', bearer)).toBe(ann);
    clock.at += 1;
    expect(tenant.use('bearer', bearer)).toBeUndefined();

    const ticket = tenant.issueTicket('router');
    tenant.expireTickets();
    expect(tenant.use('soticket', ticket)).toBeUndefined();
  });

  it('row 23: a ticket has the documented shape and is plainly fake', () => {
    const ticket = tenantOnClock().tenant.issueTicket('router');

    const plain = Buffer.from(ticket.replace(/^7T:/, ''), 'base64').toString('utf16le');

    expect(plain).toMatch(/^(fa4e){6}[0-9a-f]{8};\d+;Cust12345$/);
  });

  it('rows 2, 19, 20: an entity has 33 keys, both forms of rights, unset dates in year 1', () => {
    const { tenant } = tenantOnClock();

    const [even, odd] = [tenant.get(648), tenant.get(649)];

    expect(Object.keys(even ?? {})).toHaveLength(33);
    expect(even?.TableRight).toEqual({ Mask: 'Select, Update', Reason: '' });
    expect(even?.FieldProperties).toHaveProperty('Status.FieldLength', 4);
    expect(odd).toMatchObject({ TableRight: null, FieldProperties: {} });
    expect(even?.WhenEnded).toBe('0001-01-01T00:00:00');
    expect(even?.WhenStarted).toBe('2026-01-15T13:00:00');
  });

  it('puts every personal string but the error text into an entity', () => {
    const text = JSON.stringify(tenantOnClock().tenant.get(648));

    expect(personalData.filter((secret) => !text.includes(secret))).toHaveLength(1);
  });

  it('writes down what truly happened', () => {
    const { clock, tenant } = tenantOnClock();

    tenant.transferTo(router, 648, 'ANN');
    tenant.close(648);
    tenant.accept(648);

    const entry = { at: clock.at, sessionId: 648 };
    expect(tenant.history).toEqual([
      { ...entry, caller: router, action: 'transfer', target: 'ANN', applied: true },
      { ...entry, caller: null, action: 'close', target: null, applied: true },
      { ...entry, caller: ann, action: 'accept', target: null, applied: false },
    ]);
  });
});

describe('mostCallsInASecond', () => {
  it.each([
    [[], 0],
    [[0, 999, 1000], 2],
    [[2500, 900, 1100, 1000, 1899], 4],
  ])('finds the worst sliding second of %j', (times, most) => {
    expect(mostCallsInASecond(times)).toBe(most);
  });
});

describe('fault plans', () => {
  const request = {} as Parameters<ReturnType<typeof rate>>[0];
  const hit = (plan: ReturnType<typeof rate>, times: number) =>
    Array.from({ length: times }, () => plan(request) !== undefined);

  it('everyNth hits each nth request', () => {
    expect(hit(everyNth(3, { kind: 'hang' }), 7)).toEqual([0, 0, 1, 0, 0, 1, 0].map(Boolean));
  });

  it('rate hits about its share, and the same requests for the same seed', () => {
    const hits = hit(rate(42, 20, { kind: 'reset' }), 5000);

    expect(hits).toEqual(hit(rate(42, 20, { kind: 'reset' }), 5000));
    expect(hits).not.toEqual(hit(rate(43, 20, { kind: 'reset' }), 5000));
    expect(hits.filter(Boolean).length / 5000).toBeCloseTo(0.2, 1);
    expect(createRandom(1)()).toBeLessThan(1);
  });
});
