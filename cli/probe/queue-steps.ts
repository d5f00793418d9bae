import { type Call, inTurn } from './in-turn.ts';
import { shown } from './shown.ts';
import type { Step } from './step.ts';
import { topicOf } from './topic.ts';

const isQueued: Pick<Step, 'lacks'> = {
  lacks: ({ sessions }) => (sessions.queued ? undefined : '--session queued=ID'),
};

/** The first makes the session that the next ones need. */
export const creationSteps: readonly Step[] = [
  {
    question: '`POST ChatTopic/{id}/Sessions`: does it put a session into the queue?',
    needs: ['A'],
    visible: 'a chat without a customer rings for the agents of the topic, until it is deleted',
    async run(probe) {
      const { tenant } = probe;
      const topic = await topicOf(probe);
      if (topic === undefined) return 'not asked: the chat does not say its topic';
      const answer = await tenant.call('A', 'POST', `ChatTopic/${topic}/Sessions`, {});
      const { ChatSessionId: id } = (answer.body ?? {}) as { ChatSessionId?: unknown };
      if (typeof id !== 'number' || id === 0) return shown(answer, tenant);
      probe.created = id;
      probe.sessions.queued ??= id;
      return `session ${id}: ${shown(answer, tenant)} → ${await inTurn(tenant, [['A', 'GET', `ChatSession/${id}`]])}`;
    },
  },
];

export const queueSteps: readonly Step[] = [
  ...(['A', 'C', 'M', 'S'] as const).map(
    (person): Step => ({
      question: `May ${person} \`Pickup\` from the queue, and \`Reset\` what it has?`,
      needs: ['A', person],
      ...isQueued,
      visible: 'the customer in the queue is welcomed, and put back',
      run: ({ tenant, sessions: { queued } }) =>
        inTurn(
          tenant,
          ['Pickup', 'Reset'].map(
            (call): Call => [person, 'POST', `ChatSession/${queued}/${call}`],
          ),
        ),
    }),
  ),
  {
    question: 'May another agent `Reset` what A has?',
    needs: ['A', 'C'],
    ...isQueued,
    visible: 'the customer in the queue is welcomed, and put back',
    run: ({ tenant, sessions: { queued } }) =>
      inTurn(tenant, [
        ['A', 'POST', `ChatSession/${queued}/Pickup`],
        ['C', 'POST', `ChatSession/${queued}/Reset`],
        ['A', 'POST', `ChatSession/${queued}/Reset`],
      ]),
  },
  {
    question: '`DELETE` of the session that was created',
    needs: ['A'],
    lacks: ({ created }) => (created ? undefined : 'session that was created'),
    run: ({ tenant, created }) =>
      inTurn(tenant, [
        ['A', 'DELETE', `ChatSession/${created}`],
        ['A', 'GET', `ChatSession/${created}`],
      ]),
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
