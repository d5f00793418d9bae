import { inTurn, thenBack } from './in-turn.ts';
import { type Step, sessionKinds, type TargetKind, targetKinds } from './step.ts';

const unknownSession = 2_147_483_000;
const unknownAssociate = 2_147_483_000;

const whatItIs: Record<TargetKind, string> = {
  digits: 'a user name of digits that exists: is it read as an id?',
  'e-mail': 'an e-mail user name that exists',
  absent: 'somebody who is absent',
  unlicensed: 'somebody without a chat licence',
  'not-in-topic': 'somebody who is not in the topic',
};

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
  ...sessionKinds.map(
    (kind): Step => ({
      question: `A session that is ${kind}: \`GET\`, \`TransferTo\``,
      needs: ['A', 'B'],
      lacks: ({ sessions }) => (sessions[kind] ? undefined : `--session ${kind}=ID`),
      visible: `B may be asked to take a session that is ${kind}`,
      run: ({ tenant, ids, sessions }) =>
        thenBack({ tenant, ids, chat: sessions[kind] }, [
          ['A', 'GET', `ChatSession/${sessions[kind]}`],
          ['A', 'POST', `ChatSession/${sessions[kind]}/TransferTo/${ids.B}`],
        ]),
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
  ...targetKinds.map(
    (kind): Step => ({
      question: `Target: ${whatItIs[kind]}`,
      needs: ['A', 'B'],
      lacks: ({ targets }) => (targets[kind] ? undefined : `--target ${kind}=ASSOCIATE`),
      visible: 'whoever is meant may be asked to take the chat, then B in their place',
      // Nobody has a credential of theirs to refuse with: B is asked in their place, and refuses.
      run: (probe) =>
        thenBack(probe, [
          [
            'A',
            'POST',
            `ChatSession/${probe.chat}/TransferTo/${encodeURIComponent(probe.targets[kind] ?? '')}`,
          ],
          ['A', 'POST', `ChatSession/${probe.chat}/TransferTo/${probe.ids.B}`],
        ]),
    }),
  ),
];
