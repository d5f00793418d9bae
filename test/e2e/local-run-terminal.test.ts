import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { startInTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';

const buildDirectory = fileURLToPath(new URL('../../.build/', import.meta.url));
const limitMs = 30_000;
const ctrlC = '\u0003';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm start, in a terminal', () => {
  it(
    'ends at Ctrl-C while the progress bar is up, its summary the last word',
    async () => {
      const { shows, type, text, ended } = startInTerminal(['--count', '500']);
      await shows(/ [1-9]\d* of 500 results/);

      type(ctrlC);
      await ended;

      const after = text().split('500 events, ')[1] ?? 'nothing';
      expect(after).toContain('waiting');
      expect(after).not.toContain('of 500 results');
    },
    limitMs,
  );

  it(
    'counts down for whom an offer asks, and leaves no process behind, and its log, when the terminal is closed',
    async () => {
      const { child, shows, type } = startInTerminal([]);
      const [, pid = ''] = await shows(/local-(\d+)\.log/);
      await shows(/^\(type help\) › /m);

      type('offer 648 ann,ben 30s\r');
      await shows(/\(648: ann is asked, 2\d s left\) › /);
      await shows(/^chat 648: ann is asked until [\d:]{8}$/m);

      child.kill('SIGKILL');
      await until('the end of the run', () => !isAlive(Number(pid)));

      expect(existsSync(`${buildDirectory}local-${pid}.log`)).toBe(true);
    },
    limitMs,
  );
});
