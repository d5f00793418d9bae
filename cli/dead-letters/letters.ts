import type { Message } from '@aws-sdk/client-sqs';
import { parseRouteChatEvent } from '../../contract/event.ts';

/** A dead letter in words; nothing of its free text, which may be personal. */
export type DeadLetter = {
  /** Of the event: its result has it as `eventMessageId`. */
  messageId: string;
  chatSessionId: number | null;
  /** `associate 8`, or a name. */
  wants: string;
  requestId: string | null;
  source: string | null;
  /** ISO 8601. */
  sentAt: string | null;
  receives: number;
  /** Why it is no event, where it is none. */
  fault: string | null;
};

export function toDeadLetter({ MessageId = '', Body = '', Attributes = {} }: Message): DeadLetter {
  const offer = offerIn(Body);
  const parsed = parseRouteChatEvent(offer?.event ?? Body);
  const event = parsed.ok ? parsed.event : parsed.valid;
  const sentAt = Number(Attributes.SentTimestamp);
  return {
    messageId: offer?.messageId ?? MessageId,
    chatSessionId: event.chatSessionId ?? null,
    wants: wantedBy(event.toAssociate),
    requestId: event.requestId ?? null,
    source: event.source ?? null,
    sentAt: sentAt > 0 ? new Date(sentAt).toISOString() : null,
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
    fault: parsed.ok || offer ? null : parsed.message,
  };
}

/**
 * The event of an offer that died between two looks, as the function had written it: its `expiresAt` is
 * a number by then.
 */
function offerIn(body: string): { messageId: string; event: string } | undefined {
  if (!body.startsWith('{"carrier":')) return undefined;
  try {
    const { messageId, event } = JSON.parse(body).carrier;
    return { messageId: String(messageId), event: JSON.stringify(event ?? null) };
  } catch {
    return undefined;
  }
}

function wantedBy(toAssociate: string | undefined): string {
  if (toAssociate === undefined) return 'nobody that can be read';
  return /^\d+$/.test(toAssociate) ? `associate ${toAssociate}` : toAssociate;
}

/** One line a dead letter. */
export function lineOf(letter: DeadLetter, now: number): string {
  const { messageId, chatSessionId, wants, requestId, source, sentAt, receives, fault } = letter;
  const chat = chatSessionId === null ? 'An unknown chat' : `Chat ${chatSessionId}`;
  const parts = [
    `${chat} for ${wants}`,
    sentAt === null ? '' : `sent ${ago(now - Date.parse(sentAt))} ago`,
    source === null ? '' : `by ${source}`,
    requestId === null ? '' : `as ${requestId}`,
    `received ${receives} times`,
    fault === null ? '' : `no event: ${fault}`,
  ];
  return `${parts.filter((part) => part !== '').join(', ')} (${messageId})`;
}

function ago(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}
