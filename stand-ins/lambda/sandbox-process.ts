import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exited, FunctionError, timedOut } from './function-error.ts';
import type { Invocation, SandboxMessage } from './messages.ts';

const sandboxFile = fileURLToPath(new URL('./sandbox.mjs', import.meta.url));

/** Lambda gives a module ten seconds to load. */
const initTimeoutSeconds = 10;

export type SandboxOptions = {
  handlerFile: string;
  /** All the variables the process gets. */
  environment: Record<string, string>;
  timeoutSeconds: number;
  logs: (line: string) => void;
};

/** One execution environment of a function: a process that handles one invocation at a time. */
export class SandboxProcess {
  readonly #options: SandboxOptions;
  readonly #child: ChildProcess;
  /** How it ended; undefined while it lives. */
  #ending: string | undefined;
  readonly ended: Promise<void>;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#child = fork(sandboxFile, [options.handlerFile], {
      env: options.environment,
      execPath: process.execPath,
      // What this process runs under (a test runner's flags, a debugger's port) is not for it.
      execArgv: [],
      serialization: 'json',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', options.logs);
    }
    // `close` comes once its last lines have been read, too.
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#ending = signal === 'SIGKILL' ? 'signal: killed' : `exit status ${code ?? signal}`;
        resolve();
      });
    });
  }

  get alive(): boolean {
    return this.#ending === undefined && !this.#child.killed;
  }

  /** Resolves once the handler's module is loaded. */
  async init(): Promise<void> {
    const message = await this.#next(randomUUID(), initTimeoutSeconds);
    if (message.kind === 'failed') throw toFunctionError(message);
  }

  /** Resolves to the answer, parsed; rejects with `FunctionError`. A timeout kills the process. */
  async invoke(event: unknown): Promise<unknown> {
    const requestId = randomUUID();
    const { timeoutSeconds } = this.#options;
    const deadlineMs = Date.now() + timeoutSeconds * 1000;
    const next = this.#next(requestId, timeoutSeconds);
    const invocation: Invocation = { requestId, event: JSON.stringify(event), deadlineMs };
    // One that cannot be reached has ended, which is waited for already.
    this.#child.send(invocation, () => undefined);
    const message = await next;
    if (message.kind === 'failed') throw toFunctionError(message);
    return message.kind === 'answered' ? JSON.parse(message.answer) : undefined;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #next(requestId: string, seconds: number): Promise<SandboxMessage> {
    const over = new AbortController();
    const { signal } = over;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.kill();
    }, seconds * 1000);
    try {
      const message = await Promise.race([
        once(this.#child, 'message', { signal }).then(([first]) => first as SandboxMessage),
        this.ended,
      ]);
      if (message) return message;
      throw late ? timedOut(requestId, seconds) : exited(requestId, this.#ending ?? 'unknown');
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }
}

const toFunctionError = (failed: SandboxMessage & { kind: 'failed' }) =>
  new FunctionError(failed.errorType, failed.errorMessage, failed.trace);
