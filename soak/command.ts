import { relative } from 'node:path';
import { UsageError } from '../local/command-line/input-error.ts';
import { stopOnSignal } from '../local/command-line/stop-on-signal.ts';
import { commandOf, parseSoakOptions, usage } from './options.ts';
import { logFileOf } from './recorded-deployment.ts';
import { runSoak, type SoakSurroundings } from './run.ts';
import { tableOf } from './table.ts';

/** Exit codes: every promise was kept, one broke, the command line is wrong, it was stopped. */
const kept = 0;
const broken = 1;
const unusable = 2;
const interrupted = 130;

/** `npm run soak`: returns the exit code. */
export async function soak(
  argv: readonly string[],
  { read }: Pick<SoakSurroundings, 'read'> = {},
): Promise<number> {
  const { stdout, stderr } = process;
  const options = optionsOf(argv);
  if (typeof options === 'number') return options;
  const signal = stopOnSignal();
  try {
    const summary = await runSoak(options, { signal, stderr, ...(read && { read }) });
    stdout.write(`${options.json ? JSON.stringify(summary, null, 2) : tableOf(summary, stdout)}\n`);
    if (summary.breaches.length === 0) return kept;
    const log = relative('', logFileOf(options.seed));
    stderr.write(`What the function said, and the way of each event concerned: ${log}\n`);
    return broken;
  } catch (error) {
    if (!signal.aborted) throw error;
    stderr.write(`\nStopped. Again: ${commandOf(options)}\n`);
    return interrupted;
  }
}

function optionsOf(argv: readonly string[]) {
  try {
    const options = parseSoakOptions(argv);
    if (!options) process.stdout.write(`${usage}\n`);
    return options ?? kept;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return unusable;
  }
}
