import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import { type LambdaApi, startLambdaApi } from '../../stand-ins/lambda/api.ts';
import { FunctionError } from '../../stand-ins/lambda/function-error.ts';

let standIn: LambdaApi;
let client: LambdaClient;

beforeAll(async () => {
  standIn = await startLambdaApi({
    functions: [
      { functionName: 'echo', environment: { A: 'b' }, invoke: async (event) => event },
      {
        functionName: 'fails',
        environment: {},
        invoke: () => Promise.reject(new FunctionError('Error', 'in words')),
      },
    ],
    mappings: [
      { functionName: 'echo', queueArn: 'arn:q', batchSize: 10, maximumConcurrency: 2 },
      { functionName: 'fails', queueArn: 'arn:d', batchSize: 1 },
    ],
  });
  client = new LambdaClient({ region, credentials, endpoint: standIn.endpoint });
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
