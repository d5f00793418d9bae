import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { accountId, region } from '../aws-account.ts';
import { close, listen } from '../http-server.ts';
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
};

export type DeployedMapping = {
  functionName: string;
  queueArn: string;
  batchSize: number;
  maximumConcurrency?: number;
};

const unreserved = 1_000;

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

  async function invoke(name: string | undefined, body: string): Promise<Answer> {
    const fn = functionNamed(name);
    if (!fn) return notFound(name);
    try {
      const answer = await fn.invoke(body === '' ? {} : JSON.parse(body));
      return { status: 200, body: answer ?? null };
    } catch (error) {
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

  async function answer(method: string, url: URL, body: string): Promise<Answer> {
    const [, name, what] = /^\/2015-03-31\/functions\/([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (method === 'POST' && what === 'invocations') return await invoke(name, body);
    if (method === 'GET' && what === 'configuration') return configurationOf(name);
    if (url.pathname.startsWith('/2015-03-31/event-source-mappings')) {
      return mappingsOf(url.searchParams.get('FunctionName'));
    }
    if (url.pathname.startsWith('/2016-08-19/account-settings')) {
      const limit = {
        ConcurrentExecutions: unreserved,
        UnreservedConcurrentExecutions: unreserved,
      };
      return { status: 200, body: { AccountLimit: limit } };
    }
    return failure(404, 'UnknownOperationException', `The stand-in knows no ${url.pathname}.`);
  }

  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const given = await text(request);
    const { status, headers, body } = await answer(
      method,
      new URL(url, 'http://stand-in'),
      given,
    ).catch((error) => failure(500, 'ServiceException', String(error)));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  return { endpoint: await listen(server), close: () => close(server) };
}

type Answer = { status: number; headers?: Record<string, string>; body: unknown };

const failure = (status: number, type: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: { Type: 'User', message },
});

const notFound = (name: string | undefined) =>
  failure(404, 'ResourceNotFoundException', `Function not found: ${name}`);
