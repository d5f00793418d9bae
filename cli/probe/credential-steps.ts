import { LoginError } from '../../superoffice/login-refusals.ts';
import type { Tokens } from '../../superoffice/tokens.ts';
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
  ...(['app token', 'valid credential', 'right host'] as const).map(
    (without): Step => ({
      question: `A call without ${without}`,
      needs: ['A'],
      lacks: ({ tenant }) =>
        without === 'right host' && !tenant.hasOtherHost ? 'other host that is known' : undefined,
      run: ({ tenant }) =>
        inTurn(tenant, [[{ person: 'A', without }, 'GET', 'User/currentPrincipal']]),
    }),
  ),
  {
    question: 'A refresh token, refreshed twice: does it last, and does one come along?',
    needs: [],
    run: async ({ refresh }) =>
      refresh ? await refreshTwice(refresh) : 'not asked: no refresh token R',
  },
];

async function refreshTwice(refresh: () => Promise<Tokens>): Promise<string> {
  const found: string[] = [];
  let last: string | undefined;
  for (const _ of ['once', 'twice']) {
    try {
      const { livesMs, accessToken, refreshToken } = await refresh();
      const access = accessToken === last ? 'the same access token' : 'an access token';
      const along = refreshToken === undefined ? 'no refresh token' : 'a refresh token';
      last = accessToken;
      found.push(`${access} of ${livesMs / 1000} s, ${along} along`);
    } catch (error) {
      if (!(error instanceof LoginError)) throw error;
      found.push(error.message);
    }
  }
  return found.join(' → ');
}

function idKind(ejUserId: unknown, associateId: unknown): string {
  if (ejUserId === undefined) return 'not told';
  if (ejUserId === 0) return '0';
  return ejUserId === associateId ? 'the same' : 'another';
}
