import { parseRouteChatEvent } from '../../contract/event.ts';
import { deadlineOf } from '../../functions/route-chat/received-event.ts';

/** What the event queue knows of an event. */
export type QueuedEvent = { messageId: string; body: string; sentAt: number };

export type RetryNoticesOptions = {
  /** What is on the event queue, in flight or not. */
  queued: () => readonly QueuedEvent[];
  timeToLiveSeconds: number;
  say: (text: string) => void;
};

/** Of the line a function logs for an event that goes back to its queue. */
type RetryLine = {
  eventMessageId: string;
  chatSessionId: number | null;
  outcome: string;
  error: string | null;
  receiveCount: number;
};

/**
 * Reads what the functions log, and says when an event is to be tried again: of each event once, so
 * that a SuperOffice that cannot be reached does not look like a run that has died.
 */
export function createRetryNotices({ queued, timeToLiveSeconds, say }: RetryNoticesOptions) {
  const told = new Set<string>();

  const untilWhen = (eventMessageId: string) => {
    const event = queued().find(({ messageId }) => messageId === eventMessageId);
    const deadline = event && deadlineIn(event, timeToLiveSeconds);
    return deadline === undefined ? '' : ` until ${timeOf(deadline)}`;
  };

  return (line: string): void => {
    const retry = readRetry(line);
    if (!retry || told.has(retry.eventMessageId)) return;
    const { eventMessageId, chatSessionId, error, receiveCount } = retry;
    told.add(eventMessageId);
    const who = chatSessionId === null ? `event ${eventMessageId}` : `chat ${chatSessionId}`;
    const ending = `attempt ${receiveCount} ended with ${error ?? 'no result'}`;
    say(`${who}: ${ending}, tried again${untilWhen(eventMessageId)}`);
  };
}

function readRetry(line: string): RetryLine | undefined {
  // Most lines are no such line: not worth parsing.
  if (!line.includes('"retry"')) return undefined;
  try {
    const parsed: RetryLine = JSON.parse(line);
    return parsed.outcome === 'retry' ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** An event that breaks the schema has none. */
function deadlineIn({ body, sentAt }: QueuedEvent, timeToLiveSeconds: number): number | undefined {
  const parsed = parseRouteChatEvent(body);
  return parsed.ok ? deadlineOf(parsed.event, sentAt, timeToLiveSeconds * 1000) : undefined;
}

/** The time of day here, as on the clock beside the terminal. */
const timeOf = (instant: number) => new Date(instant).toTimeString().slice(0, 8);
