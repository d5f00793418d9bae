import { describe, expect, it } from '@jest/globals';
import { observedTenant } from '../../../promises/observed-tenant.ts';
import type { SessionState } from '../../../promises/run-record.ts';
import { createTenant } from '../../../stand-ins/superoffice/chat-sessions.ts';
import type { Tenant } from '../../../stand-ins/superoffice/tenant.ts';

const [chat, queued] = [648, 651];
const [router, ann] = [7, 8];

/** A tenant in which Ann is asked for the chat, observed from then on. */
function observed() {
  const notes: SessionState[] = [];
  const seen = createTenant({ now: () => 1_000 });
  for (const target of ['9', '8']) seen.transferTo(router, chat, target);
  return { notes, seen, tenant: observedTenant(seen, (state) => notes.push(state)) };
}

type Row = [does: keyof Tenant, act: (tenant: Tenant) => unknown, noted: object, left: object];
const transfer = (target: string) => (tenant: Tenant) => tenant.transferTo(router, chat, target);

describe('observedTenant', () => {
  it.each<Row>([
    ['get', (tenant) => tenant.get(chat), { by: 'look' }, { owner: router, pending: ann }],
    [
      'transferTo',
      transfer('010'),
      { by: 'transfer', target: '010', applied: true },
      { pending: 10 },
    ],
    ['transferTo', transfer('08'), { by: 'transfer', target: '08' }, { pending: ann }],
    ['accept', (tenant) => tenant.accept(chat), { by: 'person' }, { owner: ann, pending: null }],
    ['reject', (tenant) => tenant.reject(chat), { by: 'person' }, { owner: router, pending: null }],
    ['cancel', (tenant) => tenant.cancel(chat), { by: 'person' }, { pending: null }],
    ['close', (tenant) => tenant.close(chat), { by: 'person' }, { status: 'Closed' }],
    [
      'reopen',
      (tenant) => tenant.reopen(653),
      { by: 'person', chatSessionId: 653 },
      { endedAt: null },
    ],
    ['reset', (tenant) => tenant.reset(router, chat), { by: 'reset' }, { status: 'InQueue' }],
    [
      'pickup',
      (tenant) => tenant.pickup(router, queued),
      { by: 'pick-up', chatSessionId: queued },
      { owner: router, status: 'UserLast' },
    ],
  ])('notes what %s left, and answers as the tenant does', (_, act, noted, left) => {
    const { notes, seen, tenant } = observed();
    const entity = act(tenant);

    const usual = { at: 1_000, chatSessionId: chat, target: undefined, applied: false };
    expect(notes).toEqual([{ ...usual, ...noted, session: expect.objectContaining(left) }]);
    expect(entity).toEqual(seen.get(notes[0]?.chatSessionId ?? 0));
  });

  it.each([
    ['accept', (tenant: Tenant) => tenant.accept(chat, 9)],
    ['get', (tenant: Tenant) => tenant.get(chat)],
  ])('hands on all that %s was given', (_, act) => {
    const { notes, tenant } = observed();
    act(tenant);

    expect(notes).toMatchObject([{ session: { owner: router, pending: ann } }]);
  });

  it('keeps a note as it was', () => {
    const { notes, tenant } = observed();
    tenant.get(chat);
    tenant.accept(chat);

    expect(notes.map(({ session }) => session?.owner)).toEqual([router, ann]);
  });
});
