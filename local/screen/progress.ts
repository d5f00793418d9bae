import { startProgressBar } from '../../cli/command-line/progress-bar.ts';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Output } from './output.ts';
import { outcomeLines } from './summary.ts';

/** Stands in for rows where there would be very many: a bar, and at the end how often what came. */
export function startProgress(total: number, output: Output, { stdout, stderr } = process) {
  const results: ReceivedResult[] = [];
  const bar = startProgressBar(total, stderr);

  return {
    onResult(result: ReceivedResult, calls: readonly string[]) {
      results.push(result);
      bar.update(results.length);
      // Where they are for a program to read, every one of them counts.
      if (!stdout.isTTY) output.result(result, calls);
    },
    stop() {
      bar.stop();
      for (const line of outcomeLines(results)) output.note(line);
    },
  };
}
