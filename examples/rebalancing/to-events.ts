import type { RouteChatEventInput } from 'superoffice-route-chat/client';
import type { Move } from './plan-moves.ts';

/** The wishes of the minute that begins at `time`, which EventBridge may hand over twice. */
export const toEvents = (moves: readonly Move[], time: string) =>
  moves.map(
    (move) =>
      ({
        ...move,
        source: 'rebalancing',
        reason: 'More chats at a time than the limit',
        requestId: `rebalancing-${time}`,
        // By then it is decided anew.
        expiresInSeconds: 60,
        // To whatever else is wanted of the chat.
        yields: true,
      }) satisfies RouteChatEventInput,
  );
