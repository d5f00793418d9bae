import { startProgressBar } from '../cli/command-line/progress-bar.ts';

export type Progress = {
  update(results: number, kills: number): void;
  stop(): void;
};

const lineEveryMs = 10_000;

/** A bar on a terminal; elsewhere a line now and then. */
export function startSoakProgress(total: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return startLines(total, stream);
  const bar = startProgressBar(total, stream);
  return { ...bar, update: (results, kills) => bar.update(results, `, ${kills} kills`) };
}

function startLines(total: number, stream: NodeJS.WritableStream): Progress {
  const startedAt = Date.now();
  let writtenAt = startedAt;
  return {
    update(results, kills) {
      if (Date.now() < writtenAt + lineEveryMs) return;
      writtenAt = Date.now();
      const seconds = Math.round((writtenAt - startedAt) / 1000);
      stream.write(`  ${seconds} s: ${results} of ${total} results, ${kills} kills\n`);
    },
    stop: () => undefined,
  };
}
