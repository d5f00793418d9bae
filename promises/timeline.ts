import type { RunRecord } from './run-record.ts';

/** All that is known of a run, or of one chat in it, in the order of time: for whoever looks why. */
export function timelineOf(record: RunRecord, chatSessionId?: number): string[] {
  const isOfChat = (one: { chatSessionId: number | null | undefined }) =>
    chatSessionId === undefined || one.chatSessionId === chatSessionId;
  const events = record.events.filter(isOfChat);
  const isOfEvent = (messageId: string) => events.some((event) => event.messageId === messageId);
  const moments = [
    ...events.map(({ sentAt, messageId, groupId, body }) => ({
      at: sentAt,
      says: `sent ${messageId} in group ${groupId}: ${body}`,
    })),
    ...record.invocations
      .filter(({ messageIds }) => messageIds.some(isOfEvent))
      .map(({ endedAt, messageIds, failure }) => ({
        at: endedAt,
        says: `invocation of ${messageIds.filter(isOfEvent).join(', ')} ended: ${failure ?? 'well'}`,
      })),
    ...record.calls.filter(isOfChat).map((call) => ({
      at: call.startedAt,
      says: `${call.route} ${call.chatSessionId ?? ''} ${call.target ?? ''}: ${call.status ?? 'lost'} ${call.fault ? `(${call.fault})` : ''}`,
    })),
    ...record.sessionStates.filter(isOfChat).map(({ at, by, target, applied, ...state }) => ({
      at,
      says: `SuperOffice: ${by} ${state.chatSessionId} ${target ?? ''}${applied ? ' applied' : ''}: ${state.session ? `${state.session.status}, owner ${state.session.owner}, pending ${state.session.pending}` : 'no such chat'}`,
    })),
    ...record.results
      .filter(({ result }) => isOfEvent(result.eventMessageId))
      .map(({ at, result }) => ({ at, says: `result: ${JSON.stringify(result)}` })),
  ];
  return moments
    .sort((one, other) => one.at - other.at)
    .map(({ at, says }) => `${new Date(at).toISOString().slice(11, 23)} ${says}`);
}
