/** From the platform to a sandbox: one invocation. The event is JSON text. */
export type Invocation = { requestId: string; event: string; deadlineMs: number };

/** From a sandbox to the platform. */
export type SandboxMessage =
  /** The handler's module has been loaded. */
  | { kind: 'ready' }
  /** The answer is JSON text. */
  | { kind: 'answered'; requestId: string; answer: string }
  /** While loading, there is no request id. */
  | {
      kind: 'failed';
      requestId?: string;
      errorType: string;
      errorMessage: string;
      trace: string[];
    };
