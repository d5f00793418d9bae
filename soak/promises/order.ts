import { deadlineOf, isOwnCall, type SentEvent, type SoakCall, type Story } from '../run-record.ts';
import type { Broken } from './broken.ts';

/** From the function's last look at the clock until SuperOffice hears of it, on a busy machine. */
const onItsWayMs = 500;

/** The newest wish wins: no call for an older event of a group once a newer one has been tried. */
export function brokenOrder(story: Story): Broken[] {
  return byChat(story).flatMap(({ events, calls }) => {
    const groups = [...Map.groupBy(events, ({ groupId }) => groupId).values()];
    return groups.flatMap((group) =>
      group.flatMap((event, index) => {
        const newer = group.slice(index + 1);
        const firstNewer = calls.find((call) => newer.some((other) => isOwnCall(other, call)));
        if (!firstNewer) return [];
        const after = calls.filter((call) => isOwnCall(event, call) && call.at > firstNewer.at);
        return after.map(
          ({ at }): Broken => ({
            promise: 'out of order',
            messageId: event.messageId,
            says: `was tried ${Math.round(at - firstNewer.at)} ms after a newer event of its chat`,
          }),
        );
      }),
    );
  });
}

/** In time or not at all: no transfer call starts after its event's deadline. */
export function brokenDeadlines(story: Story): Broken[] {
  return byChat(story).flatMap(({ events, calls }) =>
    events.flatMap((event) =>
      calls
        .filter((call) => isOwnCall(event, call) && call.at >= deadlineOf(event) + onItsWayMs)
        .map(
          ({ at }): Broken => ({
            promise: 'too late',
            messageId: event.messageId,
            says: `was tried ${Math.round(at - deadlineOf(event))} ms after its deadline`,
          }),
        ),
    ),
  );
}

/** Each chat's events and transfer calls, in order. */
function byChat({ events, calls }: Story): { events: SentEvent[]; calls: SoakCall[] }[] {
  const transfers = Map.groupBy(
    calls.filter(({ route }) => route === 'transfer'),
    ({ chatSessionId }) => chatSessionId,
  );
  return [...Map.groupBy(events, ({ chatSessionId }) => chatSessionId)].map(
    ([chatSessionId, ofChat]) => ({ events: ofChat, calls: transfers.get(chatSessionId) ?? [] }),
  );
}
