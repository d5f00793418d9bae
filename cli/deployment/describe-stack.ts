import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { clientBounds } from '../../client/sqs.ts';
import { InputError } from '../command-line/input-error.ts';
import { awsFailure } from './aws-failure.ts';

/** For each of two attempts: some regions are far away. */
const requestTimeoutMs = 5_000;

/** A stack as CloudFormation describes it; its outputs by name. */
export type DescribedStack = { status: string; outputs: ReadonlyMap<string, string> };

/**
 * Asks CloudFormation for a stack.
 * @throws InputError where there is no such stack, or it cannot be asked for
 */
export async function describeStack(stackName: string): Promise<DescribedStack> {
  const client = new CloudFormationClient(clientBounds(requestTimeoutMs));
  try {
    const command = new DescribeStacksCommand({ StackName: stackName });
    const { Stacks: [stack] = [] } = await client.send(command);
    const outputs = (stack?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    return { status: stack?.StackStatus ?? '', outputs: new Map(outputs) };
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
