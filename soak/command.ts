import { relative } from 'node:path';
import { runCommand } from '../cli/command-line/run-command.ts';
import { interrupted, stopOnSignal } from '../cli/command-line/stop-on-signal.ts';
import { commandOf, parseSoakOptions, usage } from './options.ts';
import { logFileOf } from './recorded-deployment.ts';
import { runSoak, type SoakSurroundings } from './run.ts';
import { tableOf } from './table.ts';

/** Exit codes: every promise was kept, one broke. */
const kept = 0;
const broken = 1;

/** `npm run soak`: returns the exit code. */
export const soak = (
  argv: readonly string[],
  { read }: Pick<SoakSurroundings, 'read'> = {},
): Promise<number> =>
  runCommand(usage, async () => {
    const { stdout, stderr } = process;
    const options = parseSoakOptions(argv);
    if (!options) {
      stdout.write(`${usage}\n`);
      return kept;
    }
    const signal = stopOnSignal();
    try {
      const summary = await runSoak(options, { signal, stderr, ...(read && { read }) });
      stdout.write(
        `${options.json ? JSON.stringify(summary, null, 2) : tableOf(summary, stdout)}\n`,
      );
      if (summary.breaches.length === 0) return kept;
      const log = relative('', logFileOf(options.seed));
      stderr.write(`What the function said, and what befell each event concerned: ${log}\n`);
      return broken;
    } catch (error) {
      if (!signal.aborted) throw error;
      stderr.write(`\nStopped. Again: ${commandOf(options)}\n`);
      return interrupted;
    }
  });
