import { createHash, randomUUID } from 'node:crypto';
import type { RouteChatEventInput } from './route-chat-event-input.ts';

/**
 * What SQS tells a repeat by, for five minutes: the same request of the same source, for the same
 * chat and associate. An event without a request id is never a repeat, nor is what a dry run foretold.
 */
export function deduplicationIdOf(event: RouteChatEventInput): string {
  const { source = null, requestId, chatSessionId, toAssociate, dryRun } = event;
  if (requestId === undefined) return randomUUID();
  const identity = JSON.stringify([
    ...[source, requestId, chatSessionId, String(toAssociate)],
    ...(dryRun ? ['dry-run'] : []),
  ]);
  return createHash('sha256').update(identity).digest('hex');
}
