import { inTurn } from './in-turn.ts';
import type { Step } from './step.ts';

export const queueSteps: readonly Step[] = [
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
