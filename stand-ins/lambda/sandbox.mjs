// @ts-check
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';

/*
 * The process a function runs in. It loads the handler's file, its one argument, and then handles
 * what it is sent, one invocation at a time, until it is killed.
 *
 * Plain JavaScript: stripping types would double its start.
 */

/**
 * @import { Invocation, SandboxMessage } from './messages.ts'
 * @typedef {(event: unknown, context: object) => unknown} Handler
 */

const functionName = env.AWS_LAMBDA_FUNCTION_NAME ?? '';

/** @param {SandboxMessage} message */
const report = (message) => process.send?.(message);

// Without its platform, a sandbox has nothing left to do.
process.once('disconnect', () => process.exit());

try {
  const { handler } = await import(pathToFileURL(argv[2] ?? '').href);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', 'no handler exported');
  process.on('message', (/** @type {Invocation} */ invocation) => {
    void handle(handler, invocation).then(report);
  });
  report({ kind: 'ready' });
} catch (error) {
  report({ kind: 'failed', ...describe(error) });
}

/**
 * @param {Handler} handler
 * @param {Invocation} invocation
 * @returns {Promise<SandboxMessage>}
 */
async function handle(handler, invocation) {
  const { requestId } = invocation;
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    return { kind: 'answered', requestId, answer: toJson(result) };
  } catch (error) {
    return { kind: 'failed', requestId, ...describe(error) };
  }
}

/**
 * No callbacks in it: they are gone from Node 24 on.
 * @param {Invocation} invocation
 */
function contextOf({ requestId, deadlineMs }) {
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

/**
 * Nothing at all is answered as `null`.
 * @param {unknown} result
 */
function toJson(result) {
  if (typeof result === 'function' || typeof result === 'symbol')
    throw named('Runtime.MarshalError', `a ${typeof result} is not JSON`);
  try {
    return result === undefined ? 'null' : JSON.stringify(result);
  } catch (error) {
    throw named('Runtime.MarshalError', error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} name
 * @param {string} message
 */
function named(name, message) {
  return Object.assign(new Error(message), { name });
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error))
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const { name, message, stack = '' } = error;
  return { errorType: name, errorMessage: message, trace: stack.split('\n') };
}
