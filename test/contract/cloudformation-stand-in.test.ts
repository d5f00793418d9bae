import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeEnvFile } from '../../cli/command-line/env-file.ts';
import { findDeployment } from '../../cli/deployment/deployment.ts';
import { describeStack } from '../../cli/deployment/describe-stack.ts';
import { credentials, region } from '../../stand-ins/aws-account.ts';
import {
  type CloudFormationStandIn,
  startCloudFormation,
} from '../../stand-ins/cloudformation/server.ts';

const outputs = { EventQueueUrl: 'https://sqs.example/1/events.fifo', Odd: 'a < b & "c"' };

let standIn: CloudFormationStandIn;
let client: CloudFormationClient;

const before = { ...process.env };
beforeAll(async () => {
  standIn = await startCloudFormation({
    stacks: [
      { stackName: 'RouteChat-dev', outputs },
      { stackName: 'Other', outputs: {} },
    ],
  });
  client = new CloudFormationClient({ region, credentials, endpoint: standIn.endpoint });
});
beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) delete process.env[name];
  }
  Object.assign(process.env, ofStandIn(), nothingOfThisMachine);
});
afterAll(async () => {
  process.env = before;
  client.destroy();
  await standIn.close();
});

const ofStandIn = () => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_CLOUDFORMATION: standIn.endpoint,
});
const nothingOfThisMachine = {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

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

describe('describeStack', () => {
  it('reads the status, and outputs by name', async () => {
    expect(await describeStack('RouteChat-dev')).toEqual({
      status: 'CREATE_COMPLETE',
      outputs: new Map(Object.entries(outputs)),
    });
    expect((await describeStack('Other')).outputs.size).toBe(0);
  });

  it('says where there is no such stack, and in which region', async () => {
    await expect(describeStack('RouteChat-prod')).rejects.toMatchObject({
      name: 'InputError',
      message: '--stack: there is no stack RouteChat-prod in eu-north-1.',
    });
  });
});

describe('findDeployment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'deployment-'));
  const envFile = join(directory, 'clients.env');
  afterAll(() => rmSync(directory, { recursive: true }));

  it('finds a stack by its name', async () => {
    const deployment = await findDeployment({ stack: 'RouteChat-dev' });

    expect(deployment.output('EventQueueUrl')).toBe(outputs.EventQueueUrl);
    expect(() => deployment.output('LogGroupName')).toThrow(
      '--stack: expected a stack of route chat with the output LogGroupName; RouteChat-dev has none.',
    );
  });

  it('goes by what a file says of AWS and of the stack, whatever the person uses otherwise', async () => {
    writeEnvFile(envFile, { ...ofStandIn(), STACK_NAME: 'RouteChat-dev' });
    const ownWays = { AWS_PROFILE: 'mine', AWS_REGION: 'us-east-1', AWS_SESSION_TOKEN: 'x' };
    Object.assign(process.env, ownWays, { AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:1' });

    const { stackName } = await findDeployment({ 'env-file': envFile });

    expect(stackName).toBe('RouteChat-dev');
    expect(process.env).not.toHaveProperty('AWS_PROFILE');
  });

  it.each([
    [{ stack: 'RouteChat-dev' }, ['AWS_REGION'], 'AWS: no region. Say which: export AWS_REGION='],
    [{ stack: 'RouteChat-dev' }, ['AWS_ACCESS_KEY_ID'], 'AWS: no credentials. Sign in (aws sso'],
    [{ 'env-file': '/none' }, [], '--env-file: /none cannot be read (no such file or directory).'],
    [
      { 'env-file': '/dev/null' },
      [],
      '--stack: expected the name of a stack; found none, and no STACK_NAME in /dev/null.',
    ],
  ])('says what is missing: %j without %j', async (flags, without, says) => {
    for (const name of without) delete process.env[name];

    await expect(findDeployment(flags)).rejects.toThrow(says);
  });
});
