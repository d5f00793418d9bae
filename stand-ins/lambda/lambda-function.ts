import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccountConcurrency, TooManyRequestsError } from './account-concurrency.ts';
import {
  type AsynchronousCount,
  type AsynchronousSettings,
  invokeAsynchronously,
} from './asynchronous-invocation.ts';
import { runtimeEnvironment } from './runtime-environment.ts';
import { SandboxProcess } from './sandbox-process.ts';

export type LambdaFunction = {
  /**
   * Resolves to the handler's answer; rejects with `FunctionError` where there is none, and with
   * `TooManyRequestsError` where the function is not run.
   */
  invoke(event: unknown): Promise<unknown>;
  /** The same asynchronously, with the attempts that Lambda then makes. */
  enqueue(event: unknown): Promise<unknown>;
  /** SIGKILLs a busy sandbox, or where none is busy an idle one; false if there is none. */
  killOne(): boolean;
  /** How many sandboxes are alive. */
  readonly sandboxes: number;
  /** Kills all sandboxes; what they were handling is rejected. */
  close(): Promise<void>;
};

/** What Lambda counts of a function, by CloudWatch's names. */
export type LambdaCount = 'Invocations' | 'Errors' | 'Throttles' | AsynchronousCount;

/**
 * Lambda for one function: as many sandboxes as are busy at once, each its own process, the one
 * used last first, and a new one only where none is idle.
 *
 * A sandbox is not frozen between invocations, and does not age. No memory limit is imposed.
 */
export function startLambdaFunction(options: {
  /** Absolute path of an ES module that exports `handler`. */
  handlerFile: string;
  /** The function's variables; they win over the runtime's. Nothing else is inherited. */
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes?: number;
  functionName?: string;
  /** Unique id of its role. */
  roleId?: string;
  /** Each line of stdout and stderr. */
  logs: (line: string) => void;
  /** @default - one of its own */
  concurrency?: AccountConcurrency;
  asynchronous?: AsynchronousSettings;
  /** Told one by one, an invocation once it is over. */
  count?: (metric: LambdaCount) => void;
  /** Chooses whom to kill, as `Math.random` does. */
  random?: () => number;
}): LambdaFunction {
  const { handlerFile, timeoutSeconds, logs, random = Math.random } = options;
  const { concurrency = new AccountConcurrency(), count = () => undefined } = options;
  const functionName = options.functionName ?? basename(dirname(handlerFile));
  const { memoryMegabytes = 128, roleId } = options;
  const environment = {
    ...runtimeEnvironment({ functionName, memoryMegabytes, roleId }),
    ...options.environment,
  };
  const idle: SandboxProcess[] = [];
  const busy = new Set<SandboxProcess>();
  const endings = new Set<Promise<void>>();
  const closing = new AbortController();

  const create = (): SandboxProcess => {
    const sandbox = new SandboxProcess({ handlerFile, environment, timeoutSeconds, logs });
    endings.add(sandbox.ended);
    void sandbox.ended.then(() => endings.delete(sandbox.ended));
    return sandbox;
  };

  const takeIdle = (): SandboxProcess | undefined => {
    const sandbox = idle.pop();
    return sandbox === undefined || sandbox.alive ? sandbox : takeIdle();
  };

  const isAlive = (sandbox: SandboxProcess) => sandbox.alive;

  const invoke = async (event: unknown) => {
    if (closing.signal.aborted) throw new Error('The function has been closed.');
    if (!concurrency.take()) {
      count('Throttles');
      throw new TooManyRequestsError();
    }
    const reused = takeIdle();
    const sandbox = reused ?? create();
    busy.add(sandbox);
    let failed = true;
    try {
      if (!reused) await initialize(sandbox);
      const answer = await sandbox.invoke(event);
      failed = false;
      return answer;
    } finally {
      count('Invocations');
      if (failed) count('Errors');
      concurrency.giveBack();
      busy.delete(sandbox);
      if (sandbox.alive) idle.push(sandbox);
    }
  };

  return {
    invoke,

    enqueue: (event) =>
      invokeAsynchronously(event, {
        ...options.asynchronous,
        invoke,
        count,
        wait: (ms) => sleep(ms, undefined, { signal: closing.signal }),
      }),

    killOne() {
      const busyOnes = [...busy].filter(isAlive);
      const candidates = busyOnes.length > 0 ? busyOnes : idle.filter(isAlive);
      const sandbox = candidates[Math.floor(random() * candidates.length)];
      sandbox?.kill();
      return sandbox !== undefined;
    },

    get sandboxes() {
      return [...busy, ...idle].filter(isAlive).length;
    },

    async close() {
      closing.abort();
      for (const sandbox of [...busy, ...idle]) sandbox.kill();
      await Promise.all(endings);
    },
  };
}

/** A sandbox whose module does not load is of no use to anyone. */
async function initialize(sandbox: SandboxProcess): Promise<void> {
  try {
    await sandbox.init();
  } catch (error) {
    sandbox.kill();
    throw error;
  }
}
