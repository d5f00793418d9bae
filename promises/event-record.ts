import {
  type Invocation,
  isOwnTransfer,
  type RunRecord,
  type SeenResult,
  type SentEvent,
  type SentOffer,
  type SessionState,
  type SuperOfficeCall,
} from './run-record.ts';

/** What a run record holds of one event, and of its chat; everything in its order. */
export type EventRecord = {
  event: SentEvent;
  /** Of the same chat, itself included. */
  eventsOfChat: SentEvent[];
  callsOfChat: SuperOfficeCall[];
  statesOfChat: SessionState[];
  /** Its own transfer calls. */
  transfers: SuperOfficeCall[];
  invocations: Invocation[];
  results: SeenResult[];
};

export function eventRecords(record: RunRecord): EventRecord[] {
  const { events, calls, sessionStates, results } = record;
  const eventsByChat = Map.groupBy(events, ({ chatSessionId }) => chatSessionId);
  const callsByChat = Map.groupBy(calls, ({ chatSessionId }) => chatSessionId);
  const statesByChat = Map.groupBy(sessionStates, ({ chatSessionId }) => chatSessionId);
  const resultsByEvent = Map.groupBy(results, ({ result }) => result.eventMessageId);
  const invocationsByEvent = Map.groupBy(
    record.invocations.flatMap((invocation) =>
      invocation.messageIds.map((messageId) => ({
        messageId: record.carriers?.[messageId] ?? messageId,
        invocation,
      })),
    ),
    ({ messageId }) => messageId,
  );
  return events.map((event) => {
    const { chatSessionId, messageId } = event;
    const callsOfChat = callsByChat.get(chatSessionId) ?? [];
    return {
      event,
      eventsOfChat: eventsByChat.get(chatSessionId) ?? [],
      callsOfChat,
      statesOfChat: statesByChat.get(chatSessionId) ?? [],
      transfers: callsOfChat.filter((call) => isOwnTransfer(event, call)),
      invocations: (invocationsByEvent.get(messageId) ?? []).map(({ invocation }) => invocation),
      results: resultsByEvent.get(messageId) ?? [],
    };
  });
}

export type OfferRecord = EventRecord & { offer: SentOffer };

export const offerRecords = (record: RunRecord): OfferRecord[] =>
  eventRecords(record).flatMap((ofEvent) => {
    const { offer } = ofEvent.event;
    return offer ? [{ ...ofEvent, offer }] : [];
  });

/** Events of the same message group and chat that SQS took later, and that take the event's place. */
export function newerInGroup({ event, eventsOfChat }: EventRecord): SentEvent[] {
  return eventsOfChat
    .slice(eventsOfChat.indexOf(event) + 1)
    .filter(({ groupId }) => groupId === event.groupId)
    .filter(({ isDryRun, yields }) => !isDryRun && (!yields || event.yields));
}
