import { inTurn } from './in-turn.ts';
import type { Step } from './step.ts';

export const credentialSteps: readonly Step[] = [
  {
    question: 'Who is each credential? Is the ejUser id another than the associate id?',
    needs: ['A'],
    async run(probe) {
      const found: string[] = [];
      for (const person of ['A', 'B', 'C', 'M', 'S'] as const) {
        if (!probe.tenant.has(person)) continue;
        const { status, body } = await probe.tenant.call(person, 'GET', 'User/currentPrincipal');
        const { AssociateId, EjUserId } = (body ?? {}) as Record<string, unknown>;
        if (typeof AssociateId === 'number') {
          probe.ids[person] = AssociateId;
          probe.tenant.meet(person, AssociateId);
        }
        found.push(`${person}: ${status}, ejUser ${idKind(EjUserId, AssociateId)}`);
      }
      return found.join('; ');
    },
  },
  {
    question: 'No app token; a ticket that is none',
    needs: ['A'],
    run: ({ tenant }) =>
      inTurn(tenant, [
        [{ person: 'A', without: 'app token' }, 'GET', 'User/currentPrincipal'],
        [{ person: 'A', without: 'valid credential' }, 'GET', 'User/currentPrincipal'],
      ]),
  },
];

function idKind(ejUserId: unknown, associateId: unknown): string {
  if (ejUserId === undefined) return 'not told';
  if (ejUserId === 0) return '0';
  return ejUserId === associateId ? 'the same' : 'another';
}
