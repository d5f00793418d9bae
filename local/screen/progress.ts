import { SingleBar } from 'cli-progress';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Output } from './output.ts';
import { tally } from './summary.ts';

/** Stands in for rows where there would be very many: a bar, and at the end how often what came. */
export function startProgress(total: number, output: Output, { stdout, stderr } = process) {
  const results: ReceivedResult[] = [];
  const bar = new SingleBar({
    format: '{bar} {value} of {total} results, {duration_formatted}',
    stream: stderr,
    noTTYOutput: false,
    barsize: 40,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // Ctrl-C is dealt with elsewhere.
    gracefulExit: false,
  });
  if (stderr.isTTY) bar.start(total, 0);

  return {
    onResult(result: ReceivedResult, way: readonly string[]) {
      results.push(result);
      bar.update(results.length);
      // Where they are for a program to read, every one of them counts.
      if (!stdout.isTTY) output.result(result, way);
    },
    stop() {
      bar.stop();
      for (const line of tally(results)) output.note(line);
    },
  };
}
