import { inTurn, thenBack } from './in-turn.ts';
import type { Step } from './step.ts';

export const transferSteps: readonly Step[] = [
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
];
