import { brokenPromises } from '../../promises/promises.ts';
import { timelineOf } from '../../promises/timeline.ts';
import { runHistory } from './run-history.ts';

// node test/model/replay.ts '<history as JSON>': what happened, in order, and what was broken.
const record = await runHistory(JSON.parse(process.argv[2] ?? '{}'));
const broken = brokenPromises(record).map(
  ({ promise, messageId = '', says }) => `${promise}: ${messageId} ${says}`,
);
for (const line of timelineOf(record)) process.stdout.write(`${line}\n`);
process.stdout.write(`${broken.join('\n') || 'every promise kept'}\n`);
