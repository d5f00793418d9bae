import { styleText } from 'node:util';
import type { PromiseName } from '../promises/promises.ts';
import type { Summary } from './summary.ts';

const mostShown = 20;

type Row = [name: string, count: number, note: string];

/** The summary for a person: a table, and below it the breaches, the seed and how to run it again. */
export function tableOf(summary: Summary, stream: NodeJS.WriteStream): string {
  const { results, broken, breaches, faults } = summary;
  const held = (name: PromiseName, note: string): Row => {
    const kept = broken[name] === 0;
    const mark = styleText(kept ? 'green' : 'red', kept ? 'kept' : 'BROKEN', { stream });
    return [name, broken[name], `${mark}  ${note}`];
  };
  const faulty = Object.values(faults).reduce((sum, times) => sum + times, 0);
  const rows: Row[] = [
    ['sent', summary.sent, `in ${summary.seconds} s`],
    ...Object.entries(results).map(([outcome, times]): Row => [`  ${outcome}`, times, '']),
    held('lost', 'no event without a result'),
    held('duplicate', `no event with two; SQS held back ${summary.deduplicated} repeats`),
    held('out of order', 'no older wish after a newer one'),
    held('gave way', 'no newer wish to an older one'),
    held('told and tried', 'no transfer for what was told'),
    held('contradicted', 'no result sent again with other words'),
    held('no look', 'none tried again before it was looked up'),
    held('too late', 'no transfer after its deadline'),
    held('given up', 'nothing where time was ample'),
    held('untrue', 'every result was so'),
    held('asked side by side', 'by an offer, nobody while another had time to answer'),
    held('asked after acceptance', 'by an offer, nobody once somebody had accepted'),
    held('asked after a newer one', 'by an offer, nobody once a newer wish was told'),
    held('untrue offers', 'who was asked, and answered what, was so'),
    held('unreadable', 'nothing but results on the result queue'),
    held('dead-lettered', `${summary.deadLettered} dead letters in all`),
    held(
      'too fast',
      `most calls in a second: ${summary.mostCallsInASecond}, allowed ${summary.allowedCallsPerSecond}; ${summary.calls} in all`,
    ),
    held('leaked', "no credential, no customer's data in results and logs"),
    held('malformed log', 'every line is JSON'),
    held(
      'function failed',
      `${summary.kills} sandboxes killed, ${summary.killedInvocations} at work`,
    ),
    ['faults', faulty, `${Object.keys(faults).length} kinds; ${summary.receives} receives`],
  ];
  const more = breaches.length - mostShown;
  return [
    aligned(rows),
    ...breaches
      .slice(0, mostShown)
      .map(({ promise, messageId, says }) =>
        [`${promise}:`, ...(messageId ? [`event ${messageId}`] : []), says].join(' '),
      ),
    ...(more > 0 ? [`… and ${more} more`] : []),
    `Again: ${summary.repeat}`,
  ].join('\n');
}

function aligned(rows: readonly Row[]): string {
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const countWidth = Math.max(...rows.map(([, count]) => String(count).length));
  return rows
    .map(([name, count, note]) =>
      `${name.padEnd(nameWidth)}  ${String(count).padStart(countWidth)}  ${note}`.trimEnd(),
    )
    .join('\n');
}
