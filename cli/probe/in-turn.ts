import { shown } from './shown.ts';
import type { Probe } from './step.ts';
import type { Answer, Caller, Tenant } from './tenant.ts';

export type Call = [as: Caller, method: string, path: string, body?: unknown];

/** Calls one after the other; resolves to what each showed. */
export async function inTurn(tenant: Tenant, calls: readonly Call[]): Promise<string> {
  const answers: Answer[] = [];
  for (const call of calls) answers.push(await tenant.call(...call));
  return answers.map((answer) => shown(answer, tenant)).join(' → ');
}

/** The same; then whoever may still be asked refuses, so that the chat is A's alone again. */
export async function thenBack(
  { tenant, chat, ids }: Pick<Probe, 'tenant' | 'chat' | 'ids'>,
  calls: readonly Call[],
): Promise<string> {
  const found = await inTurn(tenant, calls);
  for (const person of ['B', 'C'] as const) {
    if (!tenant.has(person)) continue;
    await tenant.call(person, 'POST', `ChatSession/${chat}/RejectTransfer`);
  }
  const { body } = await tenant.call('A', 'GET', `ChatSession/${chat}`);
  const { User } = (body ?? {}) as { User?: { AssociateId?: number } | null };
  const holder = (['B', 'C'] as const).find((person) => User && ids[person] === User.AssociateId);
  if (holder) {
    await tenant.call(holder, 'POST', `ChatSession/${chat}/TransferTo/${ids.A}`);
    await tenant.call('A', 'POST', `ChatSession/${chat}/AcceptTransfer`);
  }
  return found;
}
