import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SqsEvent } from '../stand-ins/event-source-mapping/sqs-event.ts';

const sandboxFile = fileURLToPath(new URL('./sandbox.mjs', import.meta.url));
/** As the function's own timeout. */
const timeoutMs = 15_000;

/** Milliseconds of the machine's monotonic clock, which all processes share. */
export const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** What one invocation took, as the sandbox itself saw it. */
export type Invoked = {
  answer: unknown;
  endedAt: number;
  durationMs: number;
  cpuMs: number;
  peakMemoryKb: number;
};

/** A fresh process of this Node with one handler in it. */
export type Sandbox = {
  pid: number;
  /** `monotonicMs` before the process was made, and when its handler could take an event. */
  startedAt: number;
  readyAt: number;
  /** CPU time until then. */
  readyCpuMs: number;
  /** Bytes written to the log so far. */
  readonly loggedBytes: number;
  invoke(event: SqsEvent): Promise<Invoked>;
  close(): Promise<void>;
};

/**
 * Starts a sandbox and resolves once its handler is ready.
 * @throws Error where it ends instead; what it wrote is in the message.
 */
export async function startSandbox(
  handlerFile: string,
  environment: Record<string, string>,
  execArgv: string[] = [],
): Promise<Sandbox> {
  const startedAt = monotonicMs();
  const child = fork(sandboxFile, [handlerFile], {
    env: environment,
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let loggedBytes = 0;
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    loggedBytes += chunk.length;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    loggedBytes += chunk.length;
    errors += chunk;
  });
  const closed = once(child, 'exit');
  const next = async <Message>(): Promise<Message> => {
    const [message] = await Promise.race([once(child, 'message'), closed]);
    if (typeof message === 'object' && message !== null) return message;
    throw new Error(`${handlerFile} ended: ${errors}`);
  };

  const { readyAt, readyCpuMs } = await next<{ readyAt: number; readyCpuMs: number }>();
  return {
    pid: child.pid ?? Number.NaN,
    startedAt,
    readyAt,
    readyCpuMs,
    get loggedBytes() {
      return loggedBytes;
    },
    async invoke(event) {
      const invoked = next<Invoked>();
      child.send({ event, deadlineMs: Date.now() + timeoutMs });
      return await invoked;
    },
    async close() {
      // Not killed: a profile is written at the end.
      child.disconnect();
      await closed;
    },
  };
}
