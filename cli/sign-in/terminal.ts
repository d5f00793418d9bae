import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { InputError } from '../command-line/input-error.ts';

/** The person who signs in. */
export type Terminal = {
  say(line: string): void;
  /** Rejects where the input ends, or once it is given up by the signal. */
  ask(question: string, options?: { hidden?: boolean; signal?: AbortSignal }): Promise<string>;
  close(): void;
};

/** Asks on standard error, as all that is no result; what is hidden is not echoed. */
export function openTerminal(): Terminal {
  const { stdin, stderr } = process;
  let isHidden = false;
  const echo = new Writable({
    write(chunk, encoding, done) {
      if (isHidden) done();
      else stderr.write(chunk, encoding, () => done());
    },
  });
  const lines = createInterface({ input: stdin, output: echo, terminal: stdin.isTTY });
  const waiting: ((line: string) => void)[] = [];
  const typed: string[] = [];
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  lines.on('line', (line) => {
    const next = waiting.shift();
    if (next) next(line);
    else typed.push(line);
  });
  lines.on('close', () =>
    ended.reject(new InputError('sign-in: expected an answer; the input ended.')),
  );

  return {
    say: (line) => void stderr.write(`${line}\n`),
    async ask(question, { hidden = false, signal } = {}) {
      stderr.write(question);
      const early = typed.shift();
      if (early !== undefined) return early;
      isHidden = hidden;
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      waiting.push(resolve);
      const giveUp = () => {
        waiting.splice(waiting.indexOf(resolve), 1);
        stderr.write('\n');
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp);
      try {
        return await Promise.race([promise, ended.promise]);
      } finally {
        signal?.removeEventListener('abort', giveUp);
        isHidden = false;
        if (hidden) stderr.write('\n');
      }
    },
    close: () => lines.close(),
  };
}
