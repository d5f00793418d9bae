import {
  type Batch,
  deadlineOf,
  type Found,
  isOwnCall,
  type SeenResult,
  type SentEvent,
  type SoakCall,
  type Story,
} from '../run-record.ts';
import type { Broken } from './broken.ts';
import { fits, signOf } from './sign.ts';

/** A result rests on what SuperOffice showed during the invocation that sent it. */
const invocationMs = 15_000;
/** Clocks of two processes, and rounding. */
const slackMs = 50;
/** With less than this left, the function no longer tries again. */
const lastAttemptMs = 2_000;

/** What is known of one event, and of its chat. */
export type Case = {
  event: SentEvent;
  /** Newer or older, of the same chat. */
  siblings: SentEvent[];
  calls: SoakCall[];
  found: Found[];
  batches: Batch[];
};

/** Every result is true: what it says was so, by SuperOffice's own state, when it was said. */
export function brokenTruth(story: Story): Broken[] {
  const events = new Map(story.events.map((event) => [event.messageId, event]));
  const chats = Map.groupBy(story.events, ({ chatSessionId }) => chatSessionId);
  const calls = Map.groupBy(story.calls, ({ chatSessionId }) => chatSessionId);
  const found = Map.groupBy(story.found, ({ chatSessionId }) => chatSessionId);
  const batches = Map.groupBy(
    story.batches.flatMap((batch) => batch.messageIds.map((id) => ({ id, batch }))),
    ({ id }) => id,
  );
  return story.results.flatMap((seen): Broken[] => {
    const { eventMessageId: messageId, outcome, cause } = seen.result;
    const event = events.get(messageId);
    if (!event) return [];
    const isSo = isTrue(seen, {
      event,
      siblings: chats.get(event.chatSessionId) ?? [],
      calls: calls.get(event.chatSessionId) ?? [],
      found: found.get(event.chatSessionId) ?? [],
      batches: (batches.get(messageId) ?? []).map(({ batch }) => batch),
    });
    const what = cause ? `${outcome} (${cause})` : outcome;
    return isSo ? [] : [{ promise: 'untrue', messageId, says: `"${what}" was not so` }];
  });
}

function isTrue({ result }: SeenResult, { event, siblings, calls, found, batches }: Case) {
  const toldAt = Date.parse(result.completedAt);
  const isRecent = ({ at }: { at: number }) =>
    at <= toldAt + slackMs && at >= toldAt - invocationMs - slackMs;
  const own = calls.filter((call) => isOwnCall(event, call) && call.at <= toldAt + slackMs);
  const ownFound = found.filter((one) => isOwnCall(event, one));
  const recent = found.filter(isRecent);
  const wasSo = (sign: string) =>
    recent.some(({ session }) => signOf(session, event.associateId) === sign);
  const isNearlyOver = toldAt >= deadlineOf(event) - lastAttemptMs - slackMs;

  switch (result.outcome) {
    case 'transfer-pending':
    case 'assigned':
      return wasSo(result.outcome);
    case 'not-applied': {
      // Its own transfer may have taken, and have been undone since: but seen to be undone.
      const took = ownFound.findLast(({ applied, at }) => applied && at <= toldAt)?.at ?? 0;
      const saw = recent.some(
        ({ at, session }) =>
          at >= took &&
          signOf(session, event.associateId) === 'none' &&
          fits(result.cause, session),
      );
      // `null` is what SuperOffice said, true or not.
      return saw || (result.cause === 'no-session' && calls.some(({ fault }) => fault === 'null'));
    }
    case 'failed':
      return own.some(
        ({ status = 0, ...call }) =>
          isRecent(call) && status === result.error?.httpStatus && status >= 400 && status < 500,
      );
    case 'expired':
      // Nor may one of its calls have taken effect later.
      return isNearlyOver && !ownFound.some(({ applied }) => applied);
    case 'unknown':
      return isNearlyOver && (own.some(isOpen) || result.receiveCount > 1);
    case 'superseded':
      return siblings.some(
        (other) =>
          !other.isInvalid &&
          isNewer(other, event, siblings) &&
          batches.some(({ messageIds }) => messageIds.includes(other.messageId)),
      );
    case 'invalid-event':
      return event.isInvalid && own.length === 0;
    default:
      return false;
  }
}

const isNewer = (other: SentEvent, event: SentEvent, inOrder: SentEvent[]) =>
  inOrder.indexOf(other) > inOrder.indexOf(event);

/** A call that leaves open whether it was applied. */
const isOpen = ({ status }: SoakCall) =>
  status === undefined || status === 408 || status >= 500 || (status >= 200 && status < 400);
