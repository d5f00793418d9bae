import { randomInt } from 'node:crypto';
import { firstOf, rate, type SuperOfficeFault } from '../../stand-ins/superoffice/faults.ts';
import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';
import { credentialOwner } from '../stack/stand-in-credential.ts';
import { unseenChat } from '../stack/unseen-chat.ts';
import type { FailureName } from './commands.ts';

const slowMs = 3_000;
const maxSeed = 2 ** 32;

const failures: Record<FailureName, SuperOfficeFault> = {
  hang: { kind: 'hang' },
  reset: { kind: 'reset' },
  lost: { kind: 'apply-then', fault: { kind: 'reset' } },
  slow: { kind: 'delay', delayMs: slowMs },
  redirect: { kind: 'redirect' },
  null: { kind: 'body-null' },
};

/** Lets a share of SuperOffice's answers fail; none where no failure is given. */
export function setFailure(
  superOffice: SuperOfficeStandIn,
  failure?: { how: FailureName | number; percent: number },
): void {
  if (!failure) {
    superOffice.setFault(unseenChat);
    return;
  }
  const { how, percent } = failure;
  const fault: SuperOfficeFault =
    typeof how === 'number' ? { kind: 'status', status: how } : failures[how];
  const seed = randomInt(maxSeed);
  superOffice.setFault(firstOf(unseenChat, rate(seed, percent, fault)));
}

/** The people at SuperOffice's side: associates and customers. Each act tells what came of it. */
export function peopleOf({ tenant }: SuperOfficeStandIn) {
  const nameOf = (associateId: number | null | undefined) =>
    tenant.associates.find((associate) => associate.associateId === associateId)?.name ?? 'nobody';
  const unknown = (id: number) => `There is no chat ${id}.`;

  function answer(kind: 'accept' | 'reject', id: number): string {
    const before = tenant.peek(id);
    if (!before) return unknown(id);
    const asked = before.pending;
    if (asked === null) return `Nobody is asked to take chat ${id}.`;
    tenant[kind](id);
    if (tenant.peek(id)?.pending === asked) return `Chat ${id} is over: too late.`;
    const owner = nameOf(tenant.peek(id)?.owner);
    return kind === 'accept'
      ? `${owner} has accepted chat ${id}.`
      : `${nameOf(asked)} has rejected chat ${id}: ${owner} keeps it.`;
  }

  return {
    accept: (id: number) => answer('accept', id),
    reject: (id: number) => answer('reject', id),
    'cancel-transfer'(id: number): string {
      const before = tenant.peek(id);
      if (!before) return unknown(id);
      const asked = before.pending;
      tenant.cancel(id);
      return tenant.history.at(-1)?.applied
        ? `${nameOf(before.owner)} asks ${nameOf(asked)} no more to take chat ${id}.`
        : `Nobody is asked to take chat ${id}.`;
    },
    pass(id: number, target: string): string {
      const before = tenant.peek(id);
      if (!before) return unknown(id);
      if (!tenant.findAssociate(target)) return `There is no associate ${target}.`;
      if (before.owner === null) return `Nobody has chat ${id}.`;
      tenant.transferTo(before.owner, id, target);
      return tenant.history.at(-1)?.applied
        ? `${nameOf(before.owner)} asks ${nameOf(tenant.peek(id)?.pending)} to take chat ${id}.`
        : `Nothing came of that: chat ${id} is over, or ${target} has it or is asked already.`;
    },
    close(id: number): string {
      const before = tenant.peek(id);
      if (!before) return unknown(id);
      if (before.endedAt !== null) return `Chat ${id} is over already.`;
      tenant.close(id);
      return `The customer has ended chat ${id}.`;
    },
    /** One line an associate. */
    associates: (): string[] =>
      tenant.associates.map(({ associateId, name, userName }) => {
        const note =
          name === credentialOwner ? 'whose credential the function has' : (userName ?? '');
        return `  ${String(associateId).padStart(3)}  ${name.padEnd(8)}${note}`.trimEnd();
      }),
    /** One line a chat. */
    chats(ids: Iterable<number>): string[] {
      return [...ids].flatMap((id) => {
        const chat = tenant.peek(id);
        if (!chat) return [];
        // SuperOffice may leave a transfer pending on a chat that is over; nobody is asked any more.
        const isOpen = chat.pending !== null && chat.endedAt === null;
        const asked = isOpen ? `, ${nameOf(chat.pending)} is asked` : '';
        const owner = chat.chatbotIsActive ? 'a chatbot' : nameOf(chat.owner);
        return [`  ${id}  ${chat.status.padEnd(15)}  ${owner}${asked}`];
      });
    },
  };
}
