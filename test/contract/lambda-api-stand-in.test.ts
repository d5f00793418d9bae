import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import { TooManyRequestsError } from '../../stand-ins/lambda/account-concurrency.ts';
import { type LambdaApi, startLambdaApi } from '../../stand-ins/lambda/api.ts';
import { FunctionError } from '../../stand-ins/lambda/function-error.ts';

let standIn: LambdaApi;
let client: LambdaClient;
const enqueued: unknown[] = [];
const enqueue = async (event: unknown) => {
  enqueued.push(event);
  throw new Error('nobody is told');
};

beforeAll(async () => {
  standIn = await startLambdaApi({
    functions: [
      { functionName: 'echo', environment: { A: 'b' }, invoke: async (event) => event, enqueue },
      {
        functionName: 'fails',
        environment: {},
        invoke: () => Promise.reject(new FunctionError('Error', 'in words')),
        enqueue,
      },
      {
        functionName: 'throttled',
        environment: {},
        invoke: () => Promise.reject(new TooManyRequestsError()),
        enqueue,
      },
    ],
    mappings: [
      { functionName: 'echo', queueArn: 'arn:q', batchSize: 10, maximumConcurrency: 2 },
      { functionName: 'fails', queueArn: 'arn:d', batchSize: 1 },
    ],
  });
  client = new LambdaClient({
    region,
    credentials,
    endpoint: standIn.endpoint,
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await standIn.close();
});

const invoke = async (FunctionName: string) => {
  const Payload = Buffer.from('{"a":1}');
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
  return { ...answer, Payload: JSON.parse(answer.Payload?.transformToString() ?? '') };
};

describe('startLambdaApi', () => {
  it('invokes a function, and says how it failed', async () => {
    const [answered, failed] = [await invoke('echo'), await invoke('fails')];

    expect(answered).toMatchObject({ StatusCode: 200, Payload: { a: 1 } });
    expect(answered.FunctionError).toBeUndefined();
    expect(failed).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: { errorType: 'Error', errorMessage: 'in words' },
    });
    await expect(invoke('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses to run a function for which there is no concurrency left', async () => {
    await expect(invoke('throttled')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
  });

  it('takes an event for later', async () => {
    const Payload = Buffer.from('{"a":2}');
    const InvocationType = 'Event';
    const answer = await client.send(
      new InvokeCommand({ FunctionName: 'echo', InvocationType, Payload }),
    );

    expect(answer.StatusCode).toBe(202);
    expect(enqueued).toEqual([{ a: 2 }]);
  });

  it('tells of a function’s variables, its mappings, and the account', async () => {
    const FunctionName = 'echo';
    const { Environment } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const { EventSourceMappings } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName }),
    );
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));

    expect(Environment).toEqual({ Variables: { A: 'b' } });
    expect(EventSourceMappings).toMatchObject([
      { EventSourceArn: 'arn:q', State: 'Enabled', ScalingConfig: { MaximumConcurrency: 2 } },
    ]);
    expect(AccountLimit).toMatchObject({ UnreservedConcurrentExecutions: 1000 });
  });
});
