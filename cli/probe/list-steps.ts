import { rowsOf, shown } from './shown.ts';
import type { Probe, Step } from './step.ts';
import { topicOf } from './topic.ts';

type List = {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  /** A column, and what might stand in it: which kind of id is it? */
  holds?: [column: string, what: string, of: (probe: Probe) => number | undefined];
};

const associateId = (probe: Probe) => probe.ids.A;

const lists: readonly List[] = [
  {
    method: 'POST',
    path: 'Agents/Chat/GetChatPresence',
    body: {},
    holds: ['UserId', 'A by associate id', associateId],
  },
  {
    method: 'POST',
    path: 'Agents/Chat/GetUserAgentList',
    body: { Flat: true, OnlyPresent: false },
    holds: ['Id', 'A by associate id', associateId],
  },
  {
    method: 'GET',
    path: 'MDOList/chatuser',
    holds: ['Id', 'A by associate id', associateId],
  },
  {
    method: 'GET',
    path: 'MDOList/chatuser?associate=True',
    holds: ['Id', 'A by associate id', associateId],
  },
  {
    method: 'GET',
    path: 'archive/internalusers?$select=associateDbId,ejUserId',
    holds: ['associateDbId', 'A by associate id', associateId],
  },
  {
    method: 'GET',
    path: 'archive/SimpleChatSession?$select=chatSessionId,whenRequested,associate/ejUserId,chatTopic/chatTopicId&$filter=status oneOf (4)&$orderBy=whenRequested&$top=50',
    holds: ['chatSessionId', 'the queued session', ({ sessions }) => sessions.queued],
  },
  {
    method: 'GET',
    path: 'archive/SimpleChatSession?$select=chatSessionId,associate/ejUserId&$filter=status oneOf (5,6)&$top=50',
    holds: ['chatSessionId', 'A’s chat', ({ chat }) => chat],
  },
  { method: 'GET', path: 'ChatSession?$select=chatSessionId&$top=5' },
  { method: 'GET', path: 'ChatTopic/ForCurrentUser' },
  { method: 'GET', path: 'ChatTopic/{topic}/Sessions?$top=5' },
  { method: 'GET', path: 'ChatTopic/{topic}/UserAgent' },
];

/** Which lists are there, and whose ids they hold. Their rows are counted, never shown. */
export const listSteps: readonly Step[] = lists.map(({ method, path, body, holds }) => ({
  question: `\`${method} ${path}\``,
  needs: ['A'],
  async run(probe) {
    const topic = path.includes('{topic}') ? await topicOf(probe) : 0;
    if (topic === undefined) return 'not asked: no chat that says its topic';
    const { tenant } = probe;
    const answer = await tenant.call('A', method, path.replace('{topic}', `${topic}`), body);
    const rows = rowsOf(answer);
    const id = holds?.[2](probe);
    if (!holds || !rows || id === undefined) return shown(answer, tenant);
    const isThere = rows.some((row) => Number(row[holds[0]]) === id);
    return `${shown(answer, tenant)}, ${holds[1]} ${isThere ? 'is' : 'is not'} among them`;
  },
}));
