import { basename, dirname } from 'node:path';
import { runtimeEnvironment } from './runtime-environment.ts';
import { SandboxProcess } from './sandbox-process.ts';

export type LambdaFunction = {
  /** Resolves to the handler's answer; rejects with `FunctionError` where there is none. */
  invoke(event: unknown): Promise<unknown>;
  /** SIGKILLs a busy sandbox, or where none is busy an idle one; false if there is none. */
  killOne(): boolean;
  /** How many sandboxes are alive. */
  readonly sandboxes: number;
  /** Kills all sandboxes; what they were handling is rejected. */
  close(): Promise<void>;
};

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
  /** Told of each invocation, once it is over. */
  onEnd?: (ending: { failed: boolean }) => void;
  /** Chooses whom to kill, as `Math.random` does. */
  random?: () => number;
}): LambdaFunction {
  const { handlerFile, timeoutSeconds, logs, onEnd, random = Math.random } = options;
  const functionName = options.functionName ?? basename(dirname(handlerFile));
  const { memoryMegabytes = 128, roleId } = options;
  const environment = {
    ...runtimeEnvironment({ functionName, memoryMegabytes, roleId }),
    ...options.environment,
  };
  const idle: SandboxProcess[] = [];
  const busy = new Set<SandboxProcess>();
  const endings = new Set<Promise<void>>();
  let closed = false;

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

  return {
    async invoke(event) {
      if (closed) throw new Error('The function has been closed.');
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
        onEnd?.({ failed });
        busy.delete(sandbox);
        if (sandbox.alive) idle.push(sandbox);
      }
    },

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
      closed = true;
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
