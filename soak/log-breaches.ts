import { appendFileSync } from 'node:fs';
import type { BrokenPromise } from '../promises/promises.ts';
import type { RunRecord } from '../promises/run-record.ts';
import { timelineOf } from '../promises/timeline.ts';

/** Adds to the functions' log what is known of each breach: for whoever looks for the reason. */
export function logBreaches(
  file: string,
  record: RunRecord,
  breaches: readonly BrokenPromise[],
): void {
  for (const { promise, says, messageId } of breaches) {
    const event = record.events.find((one) => one.messageId === messageId);
    const timeline = event ? timelineOf(record, event.chatSessionId) : [];
    const lines = [`${promise}: ${messageId ?? ''} ${says}`, ...timeline];
    appendFileSync(file, `\n${lines.join('\n')}\n`);
  }
}
