import { inTurn } from './in-turn.ts';
import type { Step } from './step.ts';

const unknownSession = 2_147_483_000;
const unknownAssociate = 2_147_483_000;

export const targetSteps: readonly Step[] = [
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
];
