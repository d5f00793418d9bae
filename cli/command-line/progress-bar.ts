import { SingleBar } from 'cli-progress';

export type ProgressBar = {
  /** @param more what else is counted, such as `, 3 kills` */
  update(value: number, more?: string): void;
  stop(): void;
};

/**
 * A bar on a terminal; nothing on any other stream.
 * @param unit what is counted
 */
export function startProgressBar(
  total: number,
  stream: NodeJS.WriteStream,
  unit = 'results',
): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `{bar} {value} of {total} ${unit}{more}, {duration_formatted}`,
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
    update: (value, more = '') => bar.update(value, { more }),
    stop: () => bar.stop(),
  };
}
