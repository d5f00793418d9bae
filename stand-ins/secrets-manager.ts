import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Operation, startAwsJson } from './aws-json.ts';
import { createSecretStore, type SecretStore, secretsManagerError } from './secret-store.ts';

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
export async function startSecretsManager({
  secrets,
}: {
  secrets: Record<string, string>;
}): Promise<SecretsManagerStandIn> {
  const store = createSecretStore(secrets);
  const closing = new AbortController();
  let plan: SecretsFaultPlan | undefined;
  let reads = 0;

  const meetFault = async (operation: string, request: IncomingMessage) => {
    if (operation === 'GetSecretValue') reads += 1;
    let fault = plan?.(operation);
    while (fault?.kind === 'delay') {
      await sleep(fault.delayMs, undefined, { signal: closing.signal });
      fault = fault.next;
    }
    if (fault?.kind === 'error') throw secretsManagerError(fault.type);
    if (fault?.kind === 'reset') request.socket.resetAndDestroy();
    // Nothing is done, and nothing answered.
    if (fault) await new Promise(() => {});
  };
  const server = await startAwsJson('1.1', operationsOn(store), meetFault);
  return {
    endpoint: server.endpoint,
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
      await server.close();
    },
  };
}

type Input = Partial<
  Record<'SecretId' | 'SecretString' | 'VersionId' | 'VersionStage' | 'ClientRequestToken', string>
>;

const operationsOn = (store: SecretStore): Record<string, Operation> => ({
  GetSecretValue: ({ SecretId, VersionStage, VersionId }: Input) =>
    store.get(required(SecretId, 'ValidationException'), VersionStage, VersionId),
  DescribeSecret: ({ SecretId }: Input) =>
    store.describe(required(SecretId, 'ValidationException')),
  PutSecretValue({ SecretId, SecretString, ClientRequestToken }: Input) {
    const id = required(SecretId, 'ValidationException');
    const value = required(SecretString, 'InvalidParameterException');
    // Unlike `put`, AWS never creates a secret by giving it a value.
    store.describe(id);
    return store.put(id, value, ClientRequestToken);
  },
});

function required(value: string | undefined, otherwise: string): string {
  if (value === undefined) throw secretsManagerError(otherwise);
  return value;
}
