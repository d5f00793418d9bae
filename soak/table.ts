import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { PromiseName } from './promises/broken.ts';
import type { Summary } from './summary.ts';

const mostShown = 20;

/** The summary for a person: a table, and below it the breaches, the seed and how to run it again. */
export function tableOf(summary: Summary, stream: NodeJS.WriteStream): string {
  const { results, broken, breaches, faults } = summary;
  const table = new Table({
    style: { head: [], border: [] },
    // One line a row, none between them.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },

    colAligns: ['left', 'right', 'left'],
  });
  const held = (name: PromiseName, note = '') => {
    const kept = broken[name] === 0;
    const mark = styleText(kept ? 'green' : 'red', kept ? 'kept' : 'BROKEN', { stream });
    return [name, broken[name], note ? `${mark}  ${note}` : mark];
  };
  const faulty = Object.values(faults).reduce((sum, times) => sum + times, 0);
  table.push(
    ['sent', summary.sent, `in ${summary.seconds} s`],
    ...Object.entries(results).map(([outcome, times]) => [`  ${outcome}`, times, '']),
    held('lost', 'no event without a result'),
    held('duplicate', `no event with two; SQS held back ${summary.deduplicated} repeats`),
    held('out of order', 'no older wish after a newer one'),
    held('too late', 'no transfer after its deadline'),
    held('untrue', 'every result was so'),
    held('dead-lettered', `${summary.deadLettered} dead letters in all`),
    held(
      'too fast',
      `most calls in a second: ${summary.mostCallsInASecond}, allowed ${summary.allowedCallsPerSecond}; ${summary.calls} in all`,
    ),
    held('indiscreet', "no ticket, no customer's data in results and logs"),
    held('function failed', `${summary.kills} sandboxes killed, ${summary.killedBatches} at work`),
    ['faults', faulty, `${Object.keys(faults).length} kinds; ${summary.receives} receives`],
  );
  const more = breaches.length - mostShown;
  return [
    table.toString(),
    ...breaches
      .slice(0, mostShown)
      .map(({ promise, messageId, says }) =>
        [`${promise}:`, ...(messageId ? [`event ${messageId}`] : []), says].join(' '),
      ),
    ...(more > 0 ? [`… and ${more} more`] : []),
    `Again: ${summary.repeat}`,
  ].join('\n');
}
