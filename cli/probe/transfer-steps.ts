import { type Call, inTurn, thenBack } from './in-turn.ts';
import type { Probe, Step } from './step.ts';
import type { Person } from './tenant.ts';

const who = { C: 'another agent', M: 'a topic manager', S: 'a system user' };

const transfer = ({ chat, ids }: Probe, by: Person, to: Person): Call => [
  by,
  'POST',
  `ChatSession/${chat}/TransferTo/${ids[to]}`,
];

/** What might be what *Cancel transfer* does: none is documented to. */
const withdrawals: [name: string, call: (probe: Probe) => Call][] = [
  ['`TransferTo` the owner', (probe) => transfer(probe, 'A', 'A')],
  [
    '`RejectTransfer` as the owner',
    ({ chat }) => ['A', 'POST', `ChatSession/${chat}/RejectTransfer`],
  ],
  [
    '`PATCH` of `TransferTo`',
    ({ chat }) => ['A', 'PATCH', `ChatSession/${chat}`, { TransferTo: null }],
  ],
];

/** Each leaves the chat with A, nobody asked. */
export const transferSteps: readonly Step[] = [
  {
    question: 'A second `TransferTo` the same associate: what does the no-op show?',
    needs: ['A', 'B'],
    visible: 'B is asked to take the chat, then no more',
    run: (probe) => thenBack(probe, [transfer(probe, 'A', 'B'), transfer(probe, 'A', 'B')]),
  },
  {
    question: 'Does a transfer to C replace one that is pending to B? Can B still accept?',
    needs: ['A', 'B', 'C'],
    visible: 'B and C are asked to take the chat',
    run: (probe) =>
      thenBack(probe, [
        transfer(probe, 'A', 'B'),
        transfer(probe, 'A', 'C'),
        ['B', 'POST', `ChatSession/${probe.chat}/AcceptTransfer`],
      ]),
  },
  ...withdrawals.map(
    ([name, call]): Step => ({
      question: `Is a pending transfer withdrawn by ${name}?`,
      needs: ['A', 'B'],
      visible: 'B is asked to take the chat, then no more',
      run: (probe) =>
        thenBack(probe, [
          transfer(probe, 'A', 'B'),
          call(probe),
          ['A', 'GET', `ChatSession/${probe.chat}`],
        ]),
    }),
  ),
  {
    question: 'B refuses: what does the session show?',
    needs: ['A', 'B'],
    visible: 'B is asked to take the chat, and refuses',
    run: (probe) =>
      thenBack(probe, [
        transfer(probe, 'A', 'B'),
        ['B', 'POST', `ChatSession/${probe.chat}/RejectTransfer`],
        ['A', 'GET', `ChatSession/${probe.chat}`],
      ]),
  },
  {
    question: 'B accepts, and hands it back',
    needs: ['A', 'B'],
    visible: 'the customer talks to B for a moment',
    run: (probe) =>
      inTurn(probe.tenant, [
        transfer(probe, 'A', 'B'),
        ['B', 'POST', `ChatSession/${probe.chat}/AcceptTransfer`],
        transfer(probe, 'B', 'A'),
        ['A', 'POST', `ChatSession/${probe.chat}/AcceptTransfer`],
      ]),
  },
  ...(['C', 'M', 'S'] as const).flatMap((person): Step[] => [
    {
      question: `May ${who[person]} move A’s chat?`,
      needs: ['A', 'B', person],
      visible: 'B may be asked to take the chat',
      run: (probe) => thenBack(probe, [transfer(probe, person, 'B')]),
    },
    {
      question: `May ${who[person]} move A’s chat to C while B is asked?`,
      needs: person === 'C' ? ['A', 'B', 'C'] : ['A', 'B', 'C', person],
      visible: 'B is asked to take the chat, and C may be',
      run: (probe) => thenBack(probe, [transfer(probe, 'A', 'B'), transfer(probe, person, 'C')]),
    },
  ]),
];
