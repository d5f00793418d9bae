import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { close, listen } from './http-server.ts';
import { createSecretStore, type SecretStore, SecretsManagerError } from './secret-store.ts';

/** What can go wrong with one request. */
export type SecretsFault =
  | {
      kind: 'error';
      type:
        | 'ResourceNotFoundException'
        | 'AccessDeniedException'
        | 'ThrottlingException'
        | 'InternalServiceError';
    }
  | { kind: 'hang' }
  | { kind: 'reset' }
  | { kind: 'delay'; delayMs: number; next?: SecretsFault };

/** Asked once per request, with the operation's name; undefined lets it go well. */
export type SecretsFaultPlan = (operation: string) => SecretsFault | undefined;

/** A running stand-in for AWS Secrets Manager. */
export interface SecretsManagerStandIn {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly endpoint: string;
  /** GetSecretValue requests so far, failed ones included. */
  readonly reads: number;
  /** A value, the current one unless told otherwise; no request. */
  read(arnOrName: string, stage?: 'AWSCURRENT' | 'AWSPREVIOUS'): string;
  /**
   * Gives a secret a new current value, creating it where there is none.
   * @param createdAt epoch milliseconds; now unless told otherwise
   */
  put(arnOrName: string, value: string, createdAt?: number): void;
  setFault(plan: SecretsFaultPlan | undefined): void;
  close(): Promise<void>;
}

/** Starts GetSecretValue, PutSecretValue and DescribeSecret in AWS JSON 1.1 on this machine. */
export async function startSecretsManager(options: {
  secrets: Record<string, string>;
  fault?: SecretsFaultPlan;
  port?: number;
  host?: string;
}): Promise<SecretsManagerStandIn> {
  const store = createSecretStore(options.secrets);
  const closing = new AbortController();
  let plan = options.fault;
  let reads = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.replace(/^secretsmanager\./, '');
    if (operation === 'GetSecretValue') reads += 1;
    const input = await json(request);
    let fault = plan?.(operation);
    while (fault?.kind === 'delay') {
      await sleep(fault.delayMs, undefined, { signal: closing.signal });
      fault = fault.next;
    }
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const refusal = fault === undefined ? undefined : new SecretsManagerError(fault.type);
    answer(response, () => perform(store, operation, input, refusal));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.destroyed || request.destroyed) return;
      console.error('The Secrets Manager stand-in failed', error);
      response.destroy();
    });
  });
  const endpoint = await listen(server, options);
  return {
    endpoint,
    get reads() {
      return reads;
    },
    read: (arnOrName, stage) => store.get(arnOrName, stage).SecretString,
    put: (arnOrName, value, createdAt) => {
      store.put(arnOrName, value, undefined, createdAt);
    },
    setFault: (next) => {
      plan = next;
    },
    async close() {
      closing.abort();
      await close(server);
    },
  };
}

function perform(store: SecretStore, operation: string, input: unknown, refusal?: Error): object {
  if (refusal !== undefined) throw refusal;
  const field = (name: string) => {
    const value = (input as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  };
  const id = field('SecretId');
  if (id === undefined) throw new SecretsManagerError('ValidationException');
  switch (operation) {
    case 'GetSecretValue':
      return store.get(id, field('VersionStage'), field('VersionId'));
    case 'DescribeSecret':
      return store.describe(id);
    case 'PutSecretValue': {
      const value = field('SecretString');
      // Unlike `put`, AWS never creates a secret by giving it a value.
      if (value === undefined) throw new SecretsManagerError('InvalidParameterException');
      store.describe(id);
      return store.put(id, value, field('ClientRequestToken'));
    }
    default:
      throw new SecretsManagerError('UnknownOperationException');
  }
}

function answer(response: ServerResponse, work: () => object): void {
  const send = (status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  try {
    send(200, work());
  } catch (error) {
    if (!(error instanceof SecretsManagerError)) throw error;
    send(error.status, { __type: error.type, Message: error.message });
  }
}
