/**
 * Thrown by an invocation that did not end with an answer.
 *
 * `errorType` is the name of what the handler threw, or Lambda's own word: `Sandbox.Timedout`,
 * `Runtime.ExitError` (the process died) or `Runtime.MarshalError` (the answer is not JSON).
 */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;
  readonly errorMessage: string;
  /** Lines of the handler's own stack. */
  readonly trace: readonly string[];

  constructor(errorType: string, errorMessage: string, trace: readonly string[] = []) {
    super(`${errorType}: ${errorMessage}`);
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.trace = trace;
  }
}

/** As Lambda words it; `seconds` is the function's timeout. */
export const timedOut = (requestId: string, seconds: number) =>
  new FunctionError(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  );

/** As Lambda words it; `ending` is e.g. `exit status 1` or `signal: killed`. */
export const exited = (requestId: string, ending: string) =>
  new FunctionError(
    'Runtime.ExitError',
    `RequestId: ${requestId} Error: Runtime exited with error: ${ending}`,
  );
