import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOutputs } from '../../cli/deployment/stack-outputs.ts';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import {
  type CloudFormationStandIn,
  startCloudFormation,
} from '../../stand-ins/cloudformation/server.ts';

const outputs = { EventQueueUrl: 'https://sqs.example/1/events.fifo', Odd: 'a < b & "c"' };

let standIn: CloudFormationStandIn;
let client: CloudFormationClient;

beforeAll(async () => {
  standIn = await startCloudFormation({
    stacks: [
      { stackName: 'RouteChat-dev', outputs },
      { stackName: 'Other', outputs: {} },
    ],
  });
  client = new CloudFormationClient({ region, credentials, endpoint: standIn.endpoint });
  process.env.AWS_REGION = region;
  process.env.AWS_ACCESS_KEY_ID = credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = credentials.secretAccessKey;
  process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = standIn.endpoint;
});
afterAll(async () => {
  client.destroy();
  await standIn.close();
});

describe('startCloudFormation', () => {
  it('describes the stack that is named, or all', async () => {
    const { Stacks: one } = await client.send(
      new DescribeStacksCommand({ StackName: 'RouteChat-dev' }),
    );
    const { Stacks: all = [] } = await client.send(new DescribeStacksCommand({}));

    expect(one).toMatchObject([
      {
        StackName: 'RouteChat-dev',
        StackStatus: 'CREATE_COMPLETE',
        CreationTime: expect.any(Date),
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
          OutputKey,
          OutputValue,
        })),
      },
    ]);
    expect(all.map(({ StackName }) => StackName)).toEqual(['RouteChat-dev', 'Other']);
  });

  it('refuses as CloudFormation does where there is none', async () => {
    const command = new DescribeStacksCommand({ StackName: 'RouteChat-prod' });

    await expect(client.send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id RouteChat-prod does not exist',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('readOutputs', () => {
  it('reads outputs by name', async () => {
    expect(await readOutputs('RouteChat-dev')).toEqual(outputs);
    expect(await readOutputs('Other')).toEqual({});
  });

  it('says where there is no such stack, and in which region', async () => {
    await expect(readOutputs('RouteChat-prod')).rejects.toMatchObject({
      name: 'InputError',
      message: '--stack: there is no stack RouteChat-prod in eu-north-1.',
    });
  });
});
