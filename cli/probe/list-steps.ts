import { shown } from './shown.ts';
import type { Step } from './step.ts';

export const listSteps: readonly Step[] = [
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
];
