import type { RouteRequest } from './received-event.ts';

/** One chat's events in a batch: the wish that stands, and those it took the place of. */
export type ChatRequests = { newest: RouteRequest; superseded: RouteRequest[] };

/**
 * Sorts a batch's requests by chat session, whatever message group they came in.
 *
 * Newest means: last by sequence number inside a message group; between the groups (a producer that
 * does not group by chat) last by the time SQS received it, then by place in the batch.
 */
export function newestPerChat(requests: RouteRequest[]): ChatRequests[] {
  const chats = Map.groupBy(requests, ({ event }) => event.chatSessionId);
  return [...chats.values()].map((events) => {
    const newestOfGroups = [
      ...Map.groupBy(events, ({ messageGroupId }) => messageGroupId).values(),
    ].map((group) => group.reduce(laterInGroup));
    const newest = newestOfGroups.reduce((one, other) =>
      other.sentAt >= one.sentAt ? other : one,
    );
    return { newest, superseded: events.filter((event) => event !== newest) };
  });
}

const laterInGroup = (one: RouteRequest, other: RouteRequest) =>
  BigInt(other.sequenceNumber ?? 0) >= BigInt(one.sequenceNumber ?? 0) ? other : one;
