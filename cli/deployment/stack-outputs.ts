import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { clientBounds } from '../../client/sqs.ts';
import { InputError } from '../command-line/input-error.ts';
import { awsFailure } from './aws-failure.ts';

/** For each of two attempts: some regions are far away. */
const requestTimeoutMs = 5_000;

/**
 * The outputs of a stack, by name.
 * @throws InputError where there is no such stack, or it cannot be asked for
 */
export async function readOutputs(stackName: string): Promise<Record<string, string>> {
  const client = new CloudFormationClient(clientBounds(requestTimeoutMs));
  try {
    const command = new DescribeStacksCommand({ StackName: stackName });
    const { Stacks: [stack] = [] } = await client.send(command);
    return Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]),
    );
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) {
      const region = await client.config.region();
      throw new InputError(`--stack: there is no stack ${stackName} in ${region}.`, {
        cause: error,
      });
    }
    throw awsFailure(error, 'cloudformation:DescribeStacks') ?? error;
  }
}
