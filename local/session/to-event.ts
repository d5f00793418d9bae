import { randomUUID } from 'node:crypto';
import type { OutgoingEvent } from './send-events.ts';

/** A body as the README tells producers to send it; two that look the same are two events here. */
export const toEvent = (body: string): OutgoingEvent => ({
  body,
  groupId: messageGroupOf(body),
  deduplicationId: randomUUID(),
});

/** The chat session, so that events of one chat keep their order; a body without one is alone. */
function messageGroupOf(body: string): string {
  const [, digits] = /"chatSessionId"\s*:\s*(\d{1,20})\b/.exec(body) ?? [];
  return digits ?? randomUUID();
}
