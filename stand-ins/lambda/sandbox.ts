import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Invocation, SandboxMessage } from './messages.ts';

/*
 * The process a function runs in. It loads the handler's file, its one argument, and then handles
 * what it is sent, one invocation at a time, until it is killed.
 */

type Handler = (event: unknown, context: object) => unknown;

const functionName = env.AWS_LAMBDA_FUNCTION_NAME ?? '';

const report = (message: SandboxMessage) => process.send?.(message);

// Without its platform, a sandbox has nothing left to do.
process.once('disconnect', () => process.exit());

try {
  const { handler }: { handler?: unknown } = await import(pathToFileURL(argv[2] ?? '').href);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', 'no handler exported');
  process.on('message', (invocation: Invocation) => {
    void handle(handler as Handler, invocation).then(report);
  });
  report({ kind: 'ready' });
} catch (error) {
  report({ kind: 'failed', ...describe(error) });
}

async function handle(handler: Handler, invocation: Invocation): Promise<SandboxMessage> {
  const { requestId } = invocation;
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    return { kind: 'answered', requestId, answer: toJson(result) };
  } catch (error) {
    return { kind: 'failed', requestId, ...describe(error) };
  }
}

/** No callbacks in it: they are gone from Node 24 on. */
function contextOf({ requestId, deadlineMs }: Invocation): object {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: `arn:aws:lambda:${env.AWS_REGION}:000000000000:function:${functionName}`,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

/** Nothing at all is answered as `null`. */
function toJson(result: unknown): string {
  if (typeof result === 'function' || typeof result === 'symbol')
    throw named('Runtime.MarshalError', `a ${typeof result} is not JSON`);
  try {
    return result === undefined ? 'null' : JSON.stringify(result);
  } catch (error) {
    throw named('Runtime.MarshalError', error instanceof Error ? error.message : String(error));
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error))
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const { name, message, stack = '' } = error;
  return { errorType: name, errorMessage: message, trace: stack.split('\n') };
}
