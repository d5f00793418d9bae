import { SingleBar } from 'cli-progress';

export type Progress = {
  update(results: number, kills: number): void;
  stop(): void;
};

const lineEveryMs = 10_000;

/** A bar on a terminal; elsewhere a line now and then. */
export function startSoakProgress(total: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? startBar(total, stream) : startLines(total, stream);
}

function startBar(total: number, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    format: '{bar} {value} of {total} results, {kills} kills, {duration_formatted}',
    stream,
    barsize: 40,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // Ctrl-C is dealt with elsewhere.
    gracefulExit: false,
  });
  bar.start(total, 0, { kills: 0 });
  return {
    update: (results, kills) => bar.update(results, { kills }),
    stop: () => bar.stop(),
  };
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
