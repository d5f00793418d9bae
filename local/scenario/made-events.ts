import type { SeedSession } from '../../stand-ins/superoffice/seed-sessions.ts';
import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';

const targets = ['ann', 'ben', 'cho', 'dee', 'eli', 8, 9, 10];

/** Mostly chats that can be moved, and now and then one that cannot. */
const kinds: SeedSession[] = [
  ...Array.from({ length: 7 }, () => ({})),
  { owner: 9, status: 'UserLast' },
  { owner: null, status: 'InQueue', startedAt: null },
  { status: 'Closed' },
];

/** Makes chats, and for each an event that wants it moved. */
export function makeEvents({ tenant }: SuperOfficeStandIn, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const chatSessionId = tenant.addSession(kinds[index % kinds.length]);
    const toAssociate = targets[index % targets.length];
    return JSON.stringify({ chatSessionId, toAssociate, source: 'made' });
  });
}
