import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../cli/command-line/input-error.ts';

/** What this was rehearsed on. */
const version = '1.5.33';

const environmentPath = join(import.meta.dirname, '../.build/rehearsal/venv');

const install = `python3 -m venv ${environmentPath} && ${environmentPath}/bin/pip install ministack==${version}`;

/** AWS on this machine, for as long as it runs. */
export type Ministack = {
  endpoint: string;
  /** What AWS's clients, its CLI and the CDK go by. */
  variables: Record<string, string>;
  logFile: string;
  /** Ends it. What it has written is removed with it, unless it is to be read. */
  close(given: { keepLog: boolean }): Promise<void>;
};

/**
 * Where MiniStack is: as `MINISTACK` says, where the instructions put it, or on the path.
 * @throws InputError that says how to install it, and Python where that is missing.
 */
export function findMinistack(environment = process.env): string {
  const { MINISTACK } = environment;
  const candidates = [MINISTACK, join(environmentPath, 'bin/ministack'), 'ministack'];
  const found = candidates.find(
    (candidate) => candidate && (candidate.includes('/') ? existsSync(candidate) : runs(candidate)),
  );
  if (found) return found;
  throw new InputError(
    runs('python3')
      ? `MiniStack: expected to find it; found none. Install it (no Docker needed):\n  ${install}`
      : 'MiniStack: expected Python 3.10 or newer to install it with; found no python3.',
  );
}

const runs = (program: string) => spawnSync(program, ['--version']).error === undefined;

/** Starts MiniStack on a free port of the loopback. Everything in it is gone when it ends. */
export async function startMinistack(program: string): Promise<Ministack> {
  // Outside the clone: its package.json would make ES modules of what MiniStack writes for Node.
  const directory = mkdtempSync(join(tmpdir(), 'route-chat-rehearsal-'));
  const logFile = join(directory, 'ministack.log');
  const log = openSync(logFile, 'w');
  const port = await freePort();
  const child = spawn(program, {
    cwd: directory,
    stdio: ['ignore', log, log],
    env: {
      HOME: directory,
      TMPDIR: directory,
      // Functions run on the Node that runs this.
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilUp(endpoint, child, logFile);
  return {
    endpoint,
    logFile,
    variables: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-north-1',
      AWS_DEFAULT_REGION: 'eu-north-1',
    },
    async close({ keepLog }) {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await Promise.race([
          ended,
          sleep(5_000, undefined, { ref: false }).then(() => child.kill('SIGKILL')),
        ]);
      }
      if (!keepLog) rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function untilUp(endpoint: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (child.exitCode !== null) break;
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
      return;
    } catch {
      await sleep(500);
    }
  }
  throw new InputError(`MiniStack: expected it to be up within a minute; see ${logFile}.`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
