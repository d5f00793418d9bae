import { type RouteRequest, sequenceOf } from './received-event.ts';

/** One chat's events in a batch: the wish that stands, and those it took the place of. */
export type ChatRequests<Request extends RouteRequest> = {
  newest: Request;
  superseded: Request[];
};

/**
 * Sorts a batch's requests by chat session, whatever message group they came in.
 *
 * Newest means: last by sequence number inside a message group; between the groups (a producer that
 * does not group by chat) last by the time SQS received it, where SQS promises nothing of sequence
 * numbers; they only decide within the same millisecond.
 *
 * One that yields is only the newest where none is there that does not, nor an offer that runs.
 * @param isRunning whether a request is an offer that runs
 */
export function newestPerChat<Request extends RouteRequest>(
  requests: Request[],
  isRunning: (request: Request) => boolean,
): ChatRequests<Request>[] {
  const chats = Map.groupBy(requests, ({ event }) => event.chatSessionId);
  return [...chats.values()].map((events) => {
    const firm = events.filter(({ event }) => !event.yields);
    const [candidates = events] = [firm, events.filter(isRunning)].filter(
      ({ length }) => length > 0,
    );
    const newestOfGroups = [
      ...Map.groupBy(candidates, ({ messageGroupId }) => messageGroupId).values(),
    ].map((group) => group.reduce(laterInGroup));
    const newest = newestOfGroups.reduce(laterSent);
    return { newest, superseded: events.filter((event) => event !== newest) };
  });
}

const laterInGroup = <Request extends RouteRequest>(one: Request, other: Request) =>
  sequenceOf(other) >= sequenceOf(one) ? other : one;

function laterSent<Request extends RouteRequest>(one: Request, other: Request) {
  if (one.sentAt === other.sentAt) return laterInGroup(one, other);
  return other.sentAt > one.sentAt ? other : one;
}
