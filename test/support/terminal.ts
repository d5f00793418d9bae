import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { localRunCommand } from './local-run.ts';
import { until } from './until.ts';

/** `npm start` with some options in a terminal of 80 columns, by way of `script`. */
export function startInTerminal(options: string[]) {
  const { command, env } = localRunCommand(options);
  const shell = `stty cols 80; exec ${command.map((word) => `'${word}'`).join(' ')}`;
  // As Linux and the BSDs have it.
  const recorder =
    process.platform === 'linux'
      ? ['-qefc', shell, '/dev/null']
      : ['-q', '/dev/null', 'sh', '-c', shell];
  const child = spawn('script', recorder, { env });
  let screen = '';
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      screen += chunk;
    });
  }
  const text = () => stripVTControlCharacters(screen).replaceAll('\r\n', '\n');
  const ended = once(child, 'close').then(() => {
    hasEnded = true;
  });
  return {
    child,
    /** All it has shown. */
    text,
    type: (keys: string) => child.stdin.write(keys),
    /** Resolves when it has shown something that matches. */
    async shows(pattern: RegExp): Promise<RegExpExecArray> {
      return await until(`${pattern} on the terminal`, () => {
        const match = pattern.exec(text());
        if (!match && hasEnded) throw new Error(`Ended without ${pattern}: ${text()}`);
        return match ?? false;
      });
    },
    ended,
  };
}
