import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('../../local/start.ts', import.meta.url));

/** What `npm start` with some options runs, in an environment without a real SuperOffice. */
export function localRunCommand(options: string[]) {
  const { WEB_API_URL: _url, SO_TICKET: _ticket, SO_APP_TOKEN: _token, ...env } = process.env;
  return { command: [process.execPath, '--', start, ...options], env };
}

/** `npm start` with some options, as a process of its own. */
export function startLocalRun(options: string[], input = '', environment = {}) {
  const { command, env } = localRunCommand(options);
  const [executable = '', ...rest] = command;
  const child = spawn(executable, rest, { env: { ...env, ...environment } });
  child.stdin.end(input);
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[exitCode], stdout, stderr]) => ({ exitCode, stdout, stderr }),
  );
  return { child, ended };
}

/** The results it wrote. */
export const resultsIn = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
