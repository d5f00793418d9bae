import type { Probe } from './step.ts';

/** The topic of A's chat, as the chat says it. */
export async function topicOf({ tenant, chat }: Probe): Promise<number | undefined> {
  if (chat === undefined) return undefined;
  const { body } = await tenant.call('A', 'GET', `ChatSession/${chat}`);
  const { TopicId } = (body ?? {}) as { TopicId?: unknown };
  return typeof TopicId === 'number' && TopicId > 0 ? TopicId : undefined;
}
