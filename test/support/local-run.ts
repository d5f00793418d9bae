import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const start = join(root, 'local', 'start.ts');

/** What `npm start` with some options runs, in an environment without a real SuperOffice. */
export function localRunCommand(options: string[]) {
  return {
    command: [process.execPath, '--', start, ...options],
    env: environmentWithout(/^(SO_|CUSTOMER_|WEB_API_URL$)/),
  };
}

/** `npm start` with some options, as a process of its own. */
export function startLocalRun(options: string[], input = '', environment = {}) {
  const { command, env } = localRunCommand(options);
  return startProcess(command, input, { ...env, ...environment });
}

/** What `npm run example` with some options runs, as a process of its own. */
export function startExample(options: string[], input = '') {
  const { env } = localRunCommand([]);
  return startProcess(
    [process.execPath, '--', join(root, 'examples', 'start.ts'), ...options],
    input,
    env,
  );
}

/** By npm itself, as one would type it; an npm that runs the tests tells it nothing. */
export function startByNpm(words: string[], input = '') {
  return startProcess(
    ['npm', ...words],
    input,
    environmentWithout(/^(SO_|CUSTOMER_|WEB_API_URL$|npm_)/),
  );
}

function environmentWithout(names: RegExp) {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.test(name)));
}

function startProcess(command: string[], input: string, env: NodeJS.ProcessEnv) {
  const [executable = '', ...rest] = command;
  const child = spawn(executable, rest, { cwd: root, env });
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
