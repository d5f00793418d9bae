import { shown } from './shown.ts';
import type { Answer, Caller, Person, Tenant } from './tenant.ts';

export type Probe = {
  tenant: Tenant;
  /** A chat session that A has, for as long as the probe runs; undefined where none could be had. */
  chat: number | undefined;
  /** Associate ids of the people. */
  ids: Partial<Record<Person, number>>;
};

/** One open question. What it finds is a cell of a table. */
export type Step = {
  question: string;
  /** Who must have a credential. */
  needs: readonly Person[];
  /** What a customer or an agent could see of what is done to the chat: asked before. */
  visible?: string;
  run(probe: Probe): Promise<string>;
};

const unknownSession = 2_147_483_000;
const unknownAssociate = 2_147_483_000;

/**
 * What can be asked by calls. What cannot, is left to look at by hand: whether SuperOffice ends a
 * transfer that nobody answers within half an hour, and which webhooks fire meanwhile. Each step
 * leaves the chat with A, nobody asked.
 */
export const steps: readonly Step[] = [
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
    question: 'Chat presence: is `UserId` an associate id or an ejUser id?',
    needs: ['A'],
    async run({ tenant, ids }) {
      const answer = await tenant.call('A', 'POST', 'Agents/Chat/GetChatPresence', {});
      const rows = Array.isArray(answer.body) ? (answer.body as Record<string, unknown>[]) : [];
      const isAssociate = rows.some(({ UserId }) => UserId === ids.A);
      return `${shown(answer, tenant)}${rows.length > 0 ? `, A ${isAssociate ? 'is' : 'is not'} among them by associate id` : ''}`;
    },
  },
  ...(['MDOList/chatuser', 'archive/internalusers?$select=associateDbId,ejUserId'] as const).map(
    (path): Step => ({
      question: `\`GET ${path.split('?')[0]}\``,
      needs: ['A'],
      run: async ({ tenant }) => shown(await tenant.call('A', 'GET', path), tenant),
    }),
  ),
  {
    question: 'Who waits, by `archive/SimpleChatSession`?',
    needs: ['A'],
    run: async ({ tenant }) =>
      shown(
        await tenant.call(
          'A',
          'GET',
          'archive/SimpleChatSession?$select=chatSessionId,whenRequested&$filter=status oneOf (4)&$top=5',
        ),
        tenant,
      ),
  },
  {
    question: 'Unknown session: `GET`, `TransferTo`',
    needs: ['A'],
    run: ({ tenant, ids }) =>
      inTurn(tenant, [
        ['A', 'GET', `ChatSession/${unknownSession}`],
        ['A', 'POST', `ChatSession/${unknownSession}/TransferTo/${ids.A}`],
      ]),
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
  {
    question: 'A second `TransferTo` the same associate: what does the no-op show?',
    needs: ['A', 'B'],
    visible: 'B is asked to take the chat, then no more',
    run: ({ tenant, chat, ids }) =>
      thenBack(tenant, chat, ids, [
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
      ]),
  },
  {
    question: 'Does a transfer to C replace one that is pending to B? Can B still accept?',
    needs: ['A', 'B', 'C'],
    visible: 'B and C are asked to take the chat',
    run: ({ tenant, chat, ids }) =>
      thenBack(tenant, chat, ids, [
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.C}`],
        ['B', 'POST', `ChatSession/${chat}/AcceptTransfer`],
      ]),
  },
  {
    question:
      'Taking a question back: `TransferTo` the owner; `RejectTransfer` as the owner; `PATCH`',
    needs: ['A', 'B'],
    visible: 'B is asked to take the chat, then no more',
    run: ({ tenant, chat, ids }) =>
      thenBack(tenant, chat, ids, [
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.A}`],
        ['A', 'POST', `ChatSession/${chat}/RejectTransfer`],
        ['A', 'PATCH', `ChatSession/${chat}`, { TransferTo: null }],
      ]),
  },
  {
    question: 'B refuses: what does the session show?',
    needs: ['A', 'B'],
    visible: 'B is asked to take the chat, and refuses',
    run: ({ tenant, chat, ids }) =>
      thenBack(tenant, chat, ids, [
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
        ['B', 'POST', `ChatSession/${chat}/RejectTransfer`],
        ['A', 'GET', `ChatSession/${chat}`],
      ]),
  },
  {
    question: 'B accepts, and hands it back',
    needs: ['A', 'B'],
    visible: 'the customer talks to B for a moment',
    run: ({ tenant, chat, ids }) =>
      inTurn(tenant, [
        ['A', 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`],
        ['B', 'POST', `ChatSession/${chat}/AcceptTransfer`],
        ['B', 'POST', `ChatSession/${chat}/TransferTo/${ids.A}`],
        ['A', 'POST', `ChatSession/${chat}/AcceptTransfer`],
      ]),
  },
  ...(['M', 'S'] as const).map(
    (person): Step => ({
      question: `May ${person === 'M' ? 'a topic manager' : 'a system user'} move A’s chat?`,
      needs: ['A', 'B', person],
      visible: 'B may be asked to take the chat',
      run: ({ tenant, chat, ids }) =>
        thenBack(tenant, chat, ids, [[person, 'POST', `ChatSession/${chat}/TransferTo/${ids.B}`]]),
    }),
  ),
  {
    question: 'A target that does not exist: an id, a name, a name of digits, an e-mail address',
    needs: ['A'],
    visible: 'nothing, unless one of these exists',
    run: ({ tenant, chat }) =>
      inTurn(
        tenant,
        [unknownAssociate, 'nobody-of-that-name', '0815', 'nobody@example.com'].map((target) => [
          'A',
          'POST',
          `ChatSession/${chat}/TransferTo/${encodeURIComponent(target)}`,
        ]),
      ),
  },
  {
    question: '`Reset` on an active chat, and `Pickup` after it',
    needs: ['A'],
    visible: 'the customer is put back into the queue, or sees the offline form',
    run: ({ tenant, chat }) =>
      inTurn(tenant, [
        ['A', 'POST', `ChatSession/${chat}/Reset`],
        ['A', 'POST', `ChatSession/${chat}/Pickup`],
      ]),
  },
];

type Call = [as: Caller, method: string, path: string, body?: unknown];

/** Calls one after the other; resolves to what each showed. */
async function inTurn(tenant: Tenant, calls: readonly Call[]): Promise<string> {
  const answers: Answer[] = [];
  for (const call of calls) answers.push(await tenant.call(...call));
  return answers.map((answer) => shown(answer, tenant)).join(' → ');
}

/** The same; then whoever may still be asked refuses, so that the chat is A's alone again. */
async function thenBack(
  tenant: Tenant,
  chat: number | undefined,
  ids: Probe['ids'],
  calls: readonly Call[],
): Promise<string> {
  const found = await inTurn(tenant, calls);
  for (const person of ['B', 'C'] as const) {
    if (!tenant.has(person)) continue;
    await tenant.call(person, 'POST', `ChatSession/${chat}/RejectTransfer`);
  }
  const { body } = await tenant.call('A', 'GET', `ChatSession/${chat}`);
  const { User } = (body ?? {}) as { User?: { AssociateId?: number } | null };
  const holder = (['B', 'C'] as const).find((person) => ids[person] === User?.AssociateId);
  if (holder) {
    await tenant.call(holder, 'POST', `ChatSession/${chat}/TransferTo/${ids.A}`);
    await tenant.call('A', 'POST', `ChatSession/${chat}/AcceptTransfer`);
  }
  return found;
}

function idKind(ejUserId: unknown, associateId: unknown): string {
  if (ejUserId === undefined) return 'not told';
  if (ejUserId === 0) return '0';
  return ejUserId === associateId ? 'the same' : 'another';
}
