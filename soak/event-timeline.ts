import { isOwnCall, type Story } from './run-record.ts';

/** All that is known of an event whose promise broke, in the order of time: for whoever looks why. */
export function wayOfEvent(story: Story, messageId: string): string[] {
  const event = story.events.find((one) => one.messageId === messageId);
  if (!event) return [];
  const { chatSessionId } = event;
  const ofChat = (one: { chatSessionId: number | undefined }) =>
    one.chatSessionId === chatSessionId;
  const moments = [
    ...story.events.filter(ofChat).map((one) => ({
      at: one.sentAt,
      says: `sent ${one.messageId} in group ${one.groupId}: ${one.body}`,
    })),
    ...story.batches
      .filter(({ messageIds }) => messageIds.includes(messageId))
      .map(({ endedAt, failure }) => ({ at: endedAt, says: `batch ended: ${failure ?? 'well'}` })),
    ...story.calls.filter(ofChat).map((call) => ({
      at: call.at,
      says: `${isOwnCall(event, call) ? 'own ' : ''}${call.route} ${call.target ?? ''}: ${call.status ?? 'lost'} ${call.fault ? `(${call.fault})` : ''}`,
    })),
    ...story.found.filter(ofChat).map(({ at, target, applied, session }) => ({
      at,
      says: `SuperOffice ${target ?? 'looked'}${applied ? ' applied' : ''}: ${session ? `${session.status}, owner ${session.owner}, pending ${session.pending}` : 'no such chat'}`,
    })),
    ...story.results
      .filter(({ result }) => result.chatSessionId === chatSessionId)
      .map(({ at, result }) => ({ at, says: `result: ${JSON.stringify(result)}` })),
  ];
  return moments
    .sort((one, other) => one.at - other.at)
    .map(({ at, says }) => `${new Date(at).toISOString().slice(11, 23)} ${says}`);
}
