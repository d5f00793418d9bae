import { SingleBar } from 'cli-progress';

export type ProgressBar = {
  /** @param more what else is counted, such as `, 3 kills` */
  update(results: number, more?: string): void;
  stop(): void;
};

/** A bar of results on a terminal; nothing on any other stream. */
export function startProgressBar(total: number, stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: '{bar} {value} of {total} results{more}, {duration_formatted}',
    stream,
    barsize: 40,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // Ctrl-C is dealt with elsewhere.
    gracefulExit: false,
  });
  bar.start(total, 0, { more: '' });
  return {
    update: (results, more = '') => bar.update(results, { more }),
    stop: () => bar.stop(),
  };
}
