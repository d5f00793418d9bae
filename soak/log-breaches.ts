import { appendFileSync } from 'node:fs';
import { wayOfEvent } from './event-timeline.ts';
import type { Broken } from './promises/broken.ts';
import type { Story } from './run-record.ts';

/** Adds to the functions' log what is known of each breach: for whoever looks for the reason. */
export function logBreaches(file: string, story: Story, breaches: readonly Broken[]): void {
  for (const { promise, says, messageId } of breaches) {
    const way = messageId === undefined ? [] : wayOfEvent(story, messageId);
    appendFileSync(file, `\n${[`${promise}: ${messageId ?? ''} ${says}`, ...way].join('\n')}\n`);
  }
}
