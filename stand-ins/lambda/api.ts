import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { accountId, region } from '../aws-account.ts';
import { close, listen } from '../http-server.ts';
import { AccountConcurrency, TooManyRequestsError } from './account-concurrency.ts';
import { FunctionError } from './function-error.ts';

/** Lambda's HTTP interface to functions that run. */
export type LambdaApi = {
  /** For `AWS_ENDPOINT_URL_LAMBDA`. */
  readonly endpoint: string;
  close(): Promise<void>;
};

export type DeployedFunction = {
  functionName: string;
  environment: Readonly<Record<string, string>>;
  invoke(event: unknown): Promise<unknown>;
  enqueue(event: unknown): Promise<unknown>;
};

export type DeployedMapping = {
  functionName: string;
  queueArn: string;
  batchSize: number;
  maximumConcurrency?: number;
};

/**
 * Starts Invoke, GetFunctionConfiguration, ListEventSourceMappings and GetAccountSettings on this
 * machine.
 */
export async function startLambdaApi(deployed: {
  functions: readonly DeployedFunction[];
  mappings: readonly DeployedMapping[];
}): Promise<LambdaApi> {
  const functionNamed = (name: string | undefined) =>
    deployed.functions.find(({ functionName }) => functionName === name);

  async function invoke(name: string | undefined, type: unknown, body: string): Promise<Answer> {
    const fn = functionNamed(name);
    if (!fn) return notFound(name);
    const event = body === '' ? {} : JSON.parse(body);
    if (type === 'Event') {
      // Whoever invoked it is not told.
      fn.enqueue(event).catch(() => undefined);
      return { status: 202 };
    }
    try {
      const answer = await fn.invoke(event);
      return { status: 200, body: answer ?? null };
    } catch (error) {
      if (error instanceof TooManyRequestsError) return tooManyRequests(error);
      if (!(error instanceof FunctionError)) throw error;
      const { errorType, errorMessage } = error;
      return {
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: { errorType, errorMessage },
      };
    }
  }

  const configurationOf = (name: string | undefined): Answer => {
    const fn = functionNamed(name);
    if (!fn) return notFound(name);
    const { functionName, environment } = fn;
    return {
      status: 200,
      body: { FunctionName: functionName, Environment: { Variables: environment } },
    };
  };

  const mappingsOf = (name: string | null): Answer => ({
    status: 200,
    body: {
      EventSourceMappings: deployed.mappings
        .filter(({ functionName }) => name === null || functionName === name)
        .map(({ queueArn, functionName, batchSize, maximumConcurrency }) => ({
          EventSourceArn: queueArn,
          FunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${functionName}`,
          State: 'Enabled',
          BatchSize: batchSize,
          ...(maximumConcurrency && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
        })),
    },
  });

  async function answer(
    { method, url = '', headers }: IncomingMessage,
    body: string,
  ): Promise<Answer> {
    const { pathname, searchParams } = new URL(url, 'http://stand-in');
    const [, name, what] = /^\/2015-03-31\/functions\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (method === 'POST' && what === 'invocations') {
      return await invoke(name, headers['x-amz-invocation-type'], body);
    }
    if (method === 'GET' && what === 'configuration') return configurationOf(name);
    if (pathname.startsWith('/2015-03-31/event-source-mappings')) {
      return mappingsOf(searchParams.get('FunctionName'));
    }
    if (pathname.startsWith('/2016-08-19/account-settings')) {
      const { limit } = AccountConcurrency;
      const AccountLimit = {
        ConcurrentExecutions: limit,
        UnreservedConcurrentExecutions: limit,
      };
      return { status: 200, body: { AccountLimit } };
    }
    return failure(404, 'UnknownOperationException', `The stand-in knows no ${pathname}.`);
  }

  const server = createServer(async (request, response) => {
    const given = await text(request);
    const { status, headers, body } = await answer(request, given).catch((error) =>
      failure(500, 'ServiceException', String(error)),
    );
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  return { endpoint: await listen(server), close: () => close(server) };
}

type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

const failure = (status: number, type: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: { Type: 'User', message },
});

const tooManyRequests = ({ name, message }: TooManyRequestsError): Answer => ({
  status: 429,
  headers: { 'x-amzn-errortype': name },
  body: { Type: 'User', message, Reason: 'ConcurrentInvocationLimitExceeded' },
});

const notFound = (name: string | undefined) =>
  failure(404, 'ResourceNotFoundException', `Function not found: ${name}`);
